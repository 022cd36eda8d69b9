import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Table, tableAt } from '#lib/data/table.ts';
import type { InvoiceHeader } from '#lib/domain/invoice/invoice.ts';
import { checkFilter } from '#lib/domain/search/check-filter.ts';
import type { Search, Sort } from '#lib/domain/search/filter.ts';
import { type FoundPage, findInvoices, type Position } from '#lib/search/find-invoices.ts';
import { type OwnService, startOwnService } from '#test/support/in-process.ts';
import { evaluatePlainly, type PlainSearch } from './plain-evaluation.ts';
import { headersOf, pool, writeHeaders } from './seed.ts';

/** A filter that little passes: each call does a bounded piece of work and says where it stopped. */

const today = '2026-11-24';
let own: OwnService;
let table: Table;
let headers: InvoiceHeader[];
const account = { accountId: 'acc_01JD4M8ZQ5W7R3T9Y2K6H0NBGT', shards: 2 };
beforeAll(async () => {
  own = await startOwnService();
  table = tableAt(process.env.TABLE_NAME as string);
  headers = headersOf({ ...account, count: 300, today, seed: 7 });
  await writeHeaders(table, headers);
});
afterAll(() => own.stop());

type Budget = { invoices: number; until: number };
const pagesOf = async (plain: PlainSearch, budget: Budget): Promise<FoundPage[]> => {
  const { filter } = checkFilter(plain.filterGroups, []);
  const search: Search = { filter, query: plain.query, sort: plain.sort as Sort };
  const pages: FoundPage[] = [];
  let position: Position | undefined = { day: today };
  while (position !== undefined) {
    const page: FoundPage = await findInvoices(table, search, {
      ...{ ...account, position, limit: 50, budget, explain: true },
    });
    pages.push(page);
    position = page.next;
  }
  return pages;
};
const idsOf = (pages: readonly FoundPage[]) => pages.flatMap((page) => page.headers.map(({ id }) => id));

const rare: PlainSearch = {
  filterGroups: [{ filters: [{ property: 'title', operator: 'EQ', value: 'étude' }] }],
  sort: { property: 'dueDate', direction: 'desc' },
};
const partition: PlainSearch = {
  filterGroups: [{ filters: [{ property: 'contactId', operator: 'EQ', value: pool.contacts[1] }] }],
  sort: { property: 'total', direction: 'asc' },
};

describe('a budget of work', () => {
  it('FILT-5: that is spent gives what was found, incomplete, and going on reaches the end', async () => {
    const pages = await pagesOf(rare, { invoices: 40, until: Number.POSITIVE_INFINITY });
    expect(pages.length).toBeGreaterThan(2);
    expect(pages.slice(0, -1).map(({ complete }) => complete)).not.toContain(true);
    expect(pages.at(-1)).toMatchObject({ complete: true, next: undefined });
    expect(idsOf(pages)).toEqual(evaluatePlainly(headers, rare, today));
  });

  it('FILT-5: of no time at all still gets on with each call', async () => {
    const pages = await pagesOf(rare, { invoices: 10_000, until: 0 });
    expect(pages.length).toBeGreaterThan(1);
    expect(idsOf(pages)).toEqual(evaluatePlainly(headers, rare, today));
  });

  it('FILT-5: too small to read a partition whole goes through the order, then and from there on', async () => {
    const pages = await pagesOf(partition, { invoices: 20, until: Number.POSITIVE_INFINITY });
    const strategies = new Set(pages.map(({ explained }) => explained?.plan.strategy));
    expect([...strategies]).toEqual(['sweep of the order']);
    expect(pages[0]?.next?.sweep).toBe(true);
    expect(idsOf(pages)).toEqual(evaluatePlainly(headers, partition, today));
  });

  it('FILT-5: that is ample reads the partition whole, once for each page', async () => {
    const pages = await pagesOf(partition, { invoices: 10_000, until: Number.POSITIVE_INFINITY });
    const ofContact = headers.filter(({ contactId }) => contactId === pool.contacts[1]).length;
    for (const { explained } of pages)
      expect(explained?.plan).toMatchObject({
        strategy: 'partitions read whole and sorted',
        invoicesRead: ofContact,
      });
    expect(idsOf(pages)).toEqual(evaluatePlainly(headers, partition, today));
  });
});
