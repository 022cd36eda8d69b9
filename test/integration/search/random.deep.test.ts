import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Table, tableAt } from '#lib/data/table.ts';
import { dayIn } from '#lib/domain/day.ts';
import type { InvoiceHeader } from '#lib/domain/invoice/invoice.ts';
import { type Client, ok } from '#test/support/account.ts';
import { type OwnService, startOwnService } from '#test/support/in-process.ts';
import { evaluatePlainly, type PlainSearch } from './plain-evaluation.ts';
import { searchesOn } from './searches.ts';
import { headersOf, prepareAccount, writeHeaders } from './seed.ts';

/** Any search, through the very action, on the database: what a plain evaluation over all invoices finds. */

const today = dayIn('Europe/Paris', new Date().toISOString());
let own: OwnService;
let table: Table;
beforeAll(async () => {
  own = await startOwnService();
  table = tableAt(process.env.TABLE_NAME as string);
});
afterAll(() => own.stop());

/** All pages of a search, as ids in their order. */
const walk = async (client: Client, search: PlainSearch, limit: number): Promise<string[]> => {
  const ids: string[] = [];
  let cursor: string | null = null;
  do {
    const body = { ...search, limit, cursor, columns: ['number'] };
    const page = ok(await client.post('/v1/invoices/search', body));
    expect(page.data.length).toBeLessThanOrEqual(limit);
    if (page.complete && page.nextCursor !== null) expect(page.data).toHaveLength(limit);
    ids.push(...page.data.map(({ id }: { id: string }) => id));
    cursor = page.nextCursor;
  } while (cursor !== null);
  return ids;
};

describe.each([1, 2, 8])('on an account of %i shards', (shards) => {
  let admin: Client;
  let headers: InvoiceHeader[];
  beforeAll(async () => {
    const account = await own.newAccount();
    admin = account.admin;
    headers = headersOf({ accountId: account.id, count: 240, shards, today, seed: shards });
    await prepareAccount(table, account.id, shards);
    await writeHeaders(table, headers);
  });

  it('FILT-5: any filter, sort and page size finds what a plain evaluation finds', async () => {
    const sizes = fc.constantFrom(7, 20, 50, 200);
    await fc.assert(
      fc.asyncProperty(searchesOn(today), sizes, async (search, limit) => {
        expect(await walk(admin, search, limit)).toEqual(evaluatePlainly(headers, search, today));
      }),
      { numRuns: Number(process.env.SEARCHES ?? 100) },
    );
  }, 240_000);

  it.each(['createdAt', 'invoiceDate', 'dueDate', 'number', 'total'])(
    'FILT-3: all invoices by %s, either way, absent values last, on pages of any size',
    async (property) => {
      for (const direction of ['asc', 'desc']) {
        const search = { sort: { property, direction } };
        const expected = evaluatePlainly(headers, search, today);
        expect(expected).toHaveLength(headers.length);
        for (const limit of [11, 100, 200]) expect(await walk(admin, search, limit)).toEqual(expected);
      }
    },
  );
});
