import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Table, tableAt } from '#lib/data/table.ts';
import { checkFilter } from '#lib/domain/search/check-filter.ts';
import type { Sort } from '#lib/domain/search/filter.ts';
import { type FoundPage, findInvoices, type Position } from '#lib/search/find-invoices.ts';
import { type OwnService, startOwnService } from '#test/support/in-process.ts';
import { headersOf, pool, writeHeaders } from './seed.ts';

/**
 * What a page of 50 costs, in read capacity units, on a small account and on a large one. `LARGE=100000` makes the large
 * one that large, which takes a quarter of an hour to fill.
 */

const today = '2026-11-24';
const large = Number(process.env.LARGE ?? 10_000);
const accounts = {
  small: { accountId: 'acc_01JD4M8ZQ5W7R3T9Y2K6H0NC01', count: 1_000 },
  large: { accountId: 'acc_01JD4M8ZQ5W7R3T9Y2K6H0NC02', count: large },
};
type Account = (typeof accounts)['small'];

let own: OwnService;
let table: Table;
beforeAll(async () => {
  own = await startOwnService();
  table = tableAt(process.env.TABLE_NAME as string);
  for (const account of Object.values(accounts)) {
    const headers = headersOf({ ...account, shards: 1, today, seed: 3 });
    const share = Math.ceil(headers.length / 8);
    const shares = Array.from({ length: 8 }, (_, index) => headers.slice(index * share, (index + 1) * share));
    await Promise.all(shares.map((one) => writeHeaders(table, one)));
  }
}, 3_600_000);
afterAll(() => own.stop());

type Asked = { filters?: object[]; sort: Sort; position?: Position };
const firstPage = async (account: Account, { filters, sort, position }: Asked): Promise<FoundPage> => {
  const { filter, faults } = checkFilter(filters && [{ filters }], []);
  expect(faults).toEqual([]);
  return findInvoices(
    table,
    { filter, sort },
    {
      ...{ accountId: account.accountId, shards: 1, limit: 50, explain: true },
      position: position ?? { day: today },
      budget: { invoices: 10_000, until: Number.POSITIVE_INFINITY },
    },
  );
};
const costs = async (asked: Asked): Promise<{ small: number; large: number; ratio: number }> => {
  const [small, big] = await Promise.all([
    firstPage(accounts.small, asked),
    firstPage(accounts.large, asked),
  ]);
  expect([small.headers.length, big.headers.length]).toEqual([50, 50]);
  const [low, high] = [small.explained?.capacity ?? 0, big.explained?.capacity ?? 0];
  return { small: low, large: high, ratio: high / low };
};

const eq = (property: string, value: unknown) => ({ property, operator: 'EQ', value });
const both = ['asc', 'desc'] as const;
const sorts = (['createdAt', 'invoiceDate', 'dueDate', 'number', 'total'] as const).flatMap((property) =>
  both.map((direction): Sort => ({ property, direction })),
);
const figures: Record<string, object> = {};
afterAll(() => {
  if (process.env.SHOW_COSTS) console.table(figures);
});

describe('a page of 50', () => {
  it.each(sorts)('FILT-3: by $property $direction costs the same in an account of any size', async (sort) => {
    const cost = await costs({ sort });
    figures[`${sort.property} ${sort.direction}`] = cost;
    expect(cost.ratio).toBeLessThan(1.25);
    expect(cost.large).toBeLessThan(20);
  });

  const equalities: [string, object, Sort['property']][] = [
    ['status', eq('status', 'open'), 'dueDate'],
    ['contact', eq('contactId', pool.contacts[0]), 'createdAt'],
    ['company', eq('companyId', pool.companies[0]), 'createdAt'],
    ['owner', eq('ownerId', pool.owners[0]), 'createdAt'],
    ['what is overdue', eq('overdue', true), 'dueDate'],
  ];
  it.each(equalities)('FILT-3: by %s, in its own order, too', async (name, filter, property) => {
    for (const direction of both) {
      const cost = await costs({ filters: [filter], sort: { property, direction } });
      figures[`${name}, ${property} ${direction}`] = cost;
      expect(cost.ratio).toBeLessThan(1.25);
      expect(cost.large).toBeLessThan(20);
    }
  });

  it('FILT-3: a range of the wanted order begins where it begins', async () => {
    const from = { property: 'createdAt', operator: 'GTE', value: '2026-11-04T08:00:00.000Z' };
    const asked = { filters: [from], sort: { property: 'createdAt', direction: 'asc' } as const };
    const { headers, explained } = await firstPage(accounts.large, asked);
    expect(headers).toHaveLength(50);
    expect(explained?.capacity).toBeLessThan(20);
  });

  it('FILT-3: a number costs next to nothing', async () => {
    const asked = {
      filters: [eq('number', 'inv-0777')],
      sort: { property: 'total', direction: 'asc' } as const,
    };
    for (const account of Object.values(accounts)) {
      const { explained } = await firstPage(account, asked);
      expect(explained?.plan.strategy).toBe('look-up');
      expect(explained?.capacity).toBeLessThanOrEqual(1);
    }
  });

  it('FILT-3: a partition in another order is read whole while it is small, else the order is swept', async () => {
    const asked = { filters: [eq('status', 'open')], sort: { property: 'total', direction: 'asc' } as const };
    const small = await firstPage(accounts.small, asked);
    expect(small.explained?.plan.strategy).toBe('partitions read whole and sorted');
    const big = await firstPage(accounts.large, asked);
    const open = headersOf({ ...accounts.large, shards: 1, today, seed: 3 }).filter(
      ({ status }) => status === 'open',
    ).length;
    expect(big.explained?.plan.strategy).toBe(
      open > 5_000 ? 'sweep of the order' : 'partitions read whole and sorted',
    );
    figures['open by total'] = { small: small.explained?.capacity, large: big.explained?.capacity };
    // The first page has paid for the attempt: the next ones don’t.
    const second = await firstPage(accounts.large, { ...asked, position: big.next as Position });
    if (open > 5_000) expect(second.explained?.capacity).toBeLessThan(40);
    figures['open by total, next page'] = { large: second.explained?.capacity };
  });

  it('FILT-5: of what no index serves stops when its budget is spent, and says so', async () => {
    const none = { property: 'title', operator: 'EQ', value: 'no such title' };
    const page = await firstPage(accounts.large, { filters: [none], sort: sorts[0] as Sort });
    expect(page.headers).toEqual([]);
    expect(page.explained?.plan.invoicesRead).toBeLessThan(10_500);
    expect(page.complete).toBe(large < 10_000);
    figures['nothing found'] = { large: page.explained?.capacity, read: page.explained?.plan.invoicesRead };
  });
});
