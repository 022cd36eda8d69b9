import { parse } from 'csv-parse/sync';
import { unzipSync } from 'fflate';
import readXlsxFile from 'read-excel-file/node';
import { beforeAll, describe, expect, it } from 'vitest';
import { line, newAccount, newDraft, newInvoice, ok, type TestAccount } from '#test/support/account.ts';
import { eventually, type Json } from '#test/support/service.ts';

/** Each format, made by the running service and read back by a reader that is not ours. */

let account: TestAccount;
let invoices: Json[];

beforeAll(async () => {
  account = await newAccount();
  const tax = { category: 'S', rate: '20' };
  const reduced = { category: 'S', rate: '5.5' };
  const lineItems = [
    line({ name: 'Audit', quantity: '3', unitPrice: '33.33', tax }),
    line({ name: 'Book', unitPrice: '9.99', tax: reduced, discount: { type: 'percent', value: '10' } }),
  ];
  const discounts = [{ label: 'Loyal', type: 'amount', value: '5' }];
  const fees = [{ label: 'Delivery', type: 'amount', value: '7.10', tax }];
  invoices = [
    await newInvoice(account.admin, { title: '=1+1', lineItems, discounts, fees }),
    await newInvoice(account.admin, { currency: 'USD', exchangeRate: '0.9137', lineItems }),
    await newInvoice(account.admin, { currency: 'USD', lineItems }),
  ];
  await newDraft(account.admin);
});

const exported = async (body: Json): Promise<{ done: Json; files: Uint8Array[] }> => {
  const { id } = ok(await account.admin.post('/v1/exports', body));
  const done = await eventually(async () => {
    const now = ok(await account.admin.get(`/v1/exports/${id}`));
    return ['done', 'failed'].includes(now.status) ? now : undefined;
  }, 'the export is over');
  expect(done).toMatchObject({ status: 'done' });
  const { data } = ok(await account.admin.get('/v1/exports?limit=1'));
  expect(data[0].files.map(({ name }: Json) => name)).toEqual(done.files.map(({ name }: Json) => name));
  const bytesOf = async ({ url }: Json) => new Uint8Array(await (await fetch(url)).arrayBuffer());
  return { done, files: await Promise.all(done.files.map(bytesOf)) };
};
const textOf = async (body: Json) => {
  const { done, files } = await exported(body);
  return { done, text: new TextDecoder().decode(files[0]) };
};
const cents = (amount: string): number => Math.round(Number(amount.replace(',', '.') || '0') * 100);

describe('an export as', () => {
  it('EXP-2: XLSX has numbers, days and texts as such', async () => {
    const columns = ['number', 'title', 'total', 'invoiceDate', 'overdue'];
    const { files } = await exported({ format: 'xlsx', columns, sort: 'number' });
    const read = (await readXlsxFile(Buffer.from(files[0] as Uint8Array))) as unknown as Json;
    const rows: Json[][] = read[0]?.data ?? read;
    expect(rows[0]).toEqual(['Numéro', 'Titre', 'Total TTC', 'Date de facture', 'En retard']);
    const [first] = invoices;
    expect(rows[1]?.slice(0, 3)).toEqual([first.number, '=1+1', Number(first.total)]);
    expect(rows[1]?.[3]).toBeInstanceOf(Date);
    expect(rows[1]?.[4]).toBe(false);
    expect(rows).toHaveLength(5);
  });

  it('EXP-2: FEC balances, entry by entry, and leaves out what it can’t carry', async () => {
    const { done, text } = await textOf({ format: 'fec' });
    const rows = parse(text, { delimiter: '|', columns: true, quote: null }) as Record<string, string>[];
    expect(Object.keys(rows[0] ?? {})).toHaveLength(18);
    const entries = Map.groupBy(rows, ({ EcritureNum }) => EcritureNum);
    expect([...entries.keys()]).toEqual(invoices.slice(0, 2).map(({ number }) => number));
    for (const entry of entries.values()) {
      const sumOf = (side: string) => entry.reduce((sum, row) => sum + cents(row[side] ?? ''), 0);
      expect(sumOf('Debit')).toBe(sumOf('Credit'));
      expect(sumOf('Debit')).toBeGreaterThan(0);
    }
    expect(cents(entries.get(invoices[0].number)?.[0]?.Debit ?? '')).toBe(cents(invoices[0].total));
    const { id: invoiceId, number } = invoices[2];
    expect(done.manifest.skipped).toEqual([{ invoiceId, number, reason: 'exchange_rate_missing' }]);
    expect(done.files[0].name).toMatch(/FEC\d{8}\.txt$/);
  });

  it.each(['quickbooks_us', 'quickbooks_intl', 'xero'])(
    'EXP-2: %s has a row a line, whose amounts and taxes add up',
    async (format) => {
      const { text } = await textOf({ format, invoiceIds: [invoices[0].id] });
      const rows = parse(text, { columns: true }) as Record<string, string>[];
      const [first] = invoices;
      const at = (row: Record<string, string>, name: string) => cents(row[name] ?? '');
      expect(rows.length).toBeGreaterThanOrEqual(4);
      if (format === 'xero') {
        const tax = rows.reduce((sum, row) => sum + at(row, 'TaxAmount'), 0);
        expect(tax).toBe(cents(first.taxTotal));
        return;
      }
      const net = rows.reduce((sum, row) => sum + at(row, '*ItemAmount'), 0);
      expect(net).toBe(cents(first.total) - cents(first.taxTotal));
      if (format === 'quickbooks_us') return;
      const tax = rows.reduce((sum, row) => sum + at(row, 'ItemTaxAmount'), 0);
      expect(tax).toBe(cents(first.taxTotal));
    },
  );

  it('EXP-7: ZIP holds the PDFs', async () => {
    const { done, files } = await exported({
      format: 'pdf_zip',
      invoiceIds: [invoices[0].id, invoices[1].id],
    });
    const entries = unzipSync(files[0] as Uint8Array);
    expect(Object.keys(entries)).toHaveLength(2);
    for (const pdf of Object.values(entries))
      expect(Buffer.from(pdf).subarray(0, 5).toString()).toBe('%PDF-');
    expect(done.manifest.rows).toBe(2);
  });
});
