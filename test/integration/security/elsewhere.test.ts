import { parse } from 'csv-parse/sync';
import readXlsxFile from 'read-excel-file/node';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Client, newAccount, newContact, newInvoice, ok } from '#test/support/account.ts';
import { nastyTexts } from '#test/support/nasty.ts';
import { call, eventually, type Json } from '#test/support/service.ts';

/** Where texts that have broken other programs come out again: files, pages, e-mails. */
let admin: Client;
beforeAll(async () => {
  admin = (await newAccount()).admin;
});

describe('what a nasty text becomes elsewhere', () => {
  const exported = async (format: string, columns: string[]): Promise<Uint8Array> => {
    const { id } = ok(await admin.post('/v1/exports', { format, columns }));
    const done = await eventually(async () => {
      const job = ok(await admin.get(`/v1/exports/${id}`));
      return ['done', 'failed'].includes(job.status) ? job : undefined;
    }, 'the export is over');
    expect(done.status).toBe('done');
    return new Uint8Array(await (await fetch(done.files[0].url)).arrayBuffer());
  };
  const columns = ['title', 'purchaseOrderNumber', 'buyerReference'];
  const oneLine = Object.values(nastyTexts).filter(
    (text) =>
      text.trim() !== '' &&
      !/[\u0000-\u001f\u007f-\u009f\u2028\u2029\ufffe\uffff]/.test(text) &&
      text.isWellFormed() &&
      text.length <= 200,
  );

  it('EXP-5: no cell of a CSV begins like a formula, and no cell of an XLSX is one', async () => {
    for (const text of oneLine)
      ok(
        await admin.post('/v1/invoices', {
          currency: 'EUR',
          ...Object.fromEntries(columns.map((name) => [name, text])),
        }),
      );
    const csv = parse(Buffer.from(await exported('csv', columns)), { bom: true }) as string[][];
    for (const row of csv.slice(1))
      for (const cell of row) expect(cell).not.toMatch(/^[=+\-@\t\r\n＝＋－＠]/);
    // The guard is an apostrophe, before the text or behind what parts cells in it.
    const bare = (text: string): string => text.replaceAll("'", '');
    const titles = new Set(csv.map(([title = '']) => bare(title)));
    for (const text of oneLine) expect([text, titles.has(bare(text))]).toEqual([text, true]);
    const xlsx = (await readXlsxFile(Buffer.from(await exported('xlsx', columns)))) as unknown as Json;
    const cells = new Set(((xlsx[0]?.data ?? xlsx) as Json[][]).map(([title]) => title?.trim()));
    // The reader takes spaces off the ends.
    for (const text of oneLine) expect([text, cells.has(text.trim())]).toEqual([text, true]);
    const rows = new TextDecoder()
      .decode(await exported('ndjson', columns))
      .trimEnd()
      .split('\n');
    const told = new Set(rows.map((row) => JSON.parse(row).title));
    for (const text of oneLine) expect(told.has(text)).toBe(true);
  });

  const markup = oneLine.filter((one) => /[<"'&]/.test(one));
  const expectText = (html: string): void => {
    for (const text of markup) if (/[<"]/.test(text)) expect(html).not.toContain(text);
    expect(html).not.toMatch(/<script>globalThis|<img src=x|<svg\/onload|<b>|<!DOCTYPE a|href="javascript:/);
  };
  /** An invoice on which all of them stand. */
  const finalized = async (): Promise<Json> => {
    const [first = ''] = markup;
    const contact = await newContact(admin, { name: first, address: { line1: first, city: first } });
    const lineItems = markup.map((text) => ({
      ...{ name: text, description: text, sku: text, note: text, quantity: '1', unitPrice: '1' },
    }));
    const texts = {
      title: first,
      purchaseOrderNumber: first,
      comments: markup.join('\n'),
      terms: markup.join('\n'),
    };
    return newInvoice(admin, { contactId: contact.id, lineItems, ...texts });
  };

  it('LINK-4 SEND-7 SEND-10: is text on the buyer’s page, in an e-mail and in a snippet', async () => {
    const invoice = await finalized();
    const at = `/v1/invoices/${invoice.id}`;
    const page = await call('GET', invoice.link);
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
    expectText(page.text);
    for (const path of ['snippet', 'message']) expectText(ok(await admin.get(`${at}/${path}`)).html);
    for (const text of markup) {
      const email = ok(await admin.post(`${at}/send/preview`, { subject: text, intro: text }));
      expect(email.subject).toBe(text);
      expectText(email.html);
    }
  });

  it('LINK-2: a link with one bit changed anywhere opens nothing', async () => {
    const { link } = await newInvoice(admin);
    const token = new URL(link).pathname.split('/')[2] as string;
    const bytes = Buffer.from(token, 'base64url');
    for (let at = 0; at < bytes.length; at++) {
      const other = Buffer.from(bytes);
      other[at] = (other[at] as number) ^ (1 << (at % 8));
      const page = await call('GET', `/i/${other.toString('base64url')}`);
      expect([at, page.status]).toEqual([at, 404]);
      expect(page.text).not.toContain('INV-');
    }
  });
});
