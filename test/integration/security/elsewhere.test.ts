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
      !/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/.test(text) &&
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
    const titles = csv.map(([title = '']) => title);
    for (const text of oneLine)
      expect(titles.some((title) => title === text || title === `'${text}`)).toBe(true);
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

  it('LINK-4 SEND-7 SEND-10: is text on the buyer’s page, in an e-mail and in a snippet', async () => {
    for (const text of oneLine.filter((one) => /[<"'&]/.test(one))) {
      const contact = await newContact(admin, { name: text, phone: text.slice(0, 40) });
      const lineItems = [{ name: text, description: text, quantity: '1', unitPrice: '1', note: text }];
      const invoice = await newInvoice(admin, {
        ...{
          contactId: contact.id,
          title: text,
          comments: text,
          terms: text,
          purchaseOrderNumber: text,
          lineItems,
        },
      });
      const at = `/v1/invoices/${invoice.id}`;
      const page = await call('GET', invoice.link);
      expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
      const email = ok(await admin.post(`${at}/send/preview`, { subject: text, intro: text }));
      const snippet = ok(await admin.get(`${at}/snippet`));
      const message = ok(await admin.get(`${at}/message`));
      for (const html of [page.text, email.html, snippet.html, message.html]) {
        expect(html).not.toContain(/[<"]/.test(text) ? text : `${text}\u0000`);
        expect(html).not.toMatch(
          /<script>globalThis|<img src=x|<svg\/onload|<b>|<!DOCTYPE a|href="javascript:/,
        );
      }
      expect(email.subject).toBe(text);
    }
  });
});
