import { DeleteCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { headerKey } from '#lib/data/keys.ts';
import { type Table, tableAt } from '#lib/data/table.ts';
import { dayIn } from '#lib/domain/day.ts';
import type { InvoiceHeader } from '#lib/domain/invoice/invoice.ts';
import { type Client, ok } from '#test/support/account.ts';
import { type OwnService, startOwnService } from '#test/support/in-process.ts';
import type { Json } from '#test/support/service.ts';
import { evaluatePlainly, type PlainSearch } from './plain-evaluation.ts';
import { headersOf, headerWith, pool, prepareAccount, randomFrom, writeHeaders } from './seed.ts';

/** Pages while others write: an invoice that stays what it was is seen exactly once. */

const today = dayIn('Europe/Paris', new Date().toISOString());
const random = randomFrom(99);
let own: OwnService;
let table: Table;
beforeAll(async () => {
  own = await startOwnService();
  table = tableAt(process.env.TABLE_NAME as string);
});
afterAll(() => own.stop());

const searches: PlainSearch[] = [
  { sort: { property: 'createdAt', direction: 'desc' } },
  { sort: { property: 'total', direction: 'asc' } },
  {
    filterGroups: [{ filters: [{ property: 'status', operator: 'IN', values: ['open', 'draft'] }] }],
    sort: { property: 'dueDate', direction: 'asc' },
  },
  {
    filterGroups: [
      { filters: [{ property: 'contactId', operator: 'EQ', value: pool.contacts[0] }] },
      { filters: [{ property: 'status', operator: 'EQ', value: 'paid' }] },
    ],
    sort: { property: 'number', direction: 'desc' },
  },
];

/** One turn of other people’s work: some invoices change whatever places them, some go, some are new. */
const disturb = async (volatile: InvoiceHeader[], seeding: { accountId: string; shards: number }) => {
  const changed = Array.from({ length: 4 }, () => random.below(volatile.length)).map((index) => {
    const before = volatile[index] as InvoiceHeader;
    const fresh = headerWith(random, { ...seeding, today }, { at: Date.now(), counter: 50_000 + index });
    const { id, shard, createdAt, createdBy } = before;
    const next = { ...fresh, id, shard, createdAt, createdBy };
    volatile[index] = next;
    return next;
  });
  const created = headerWith(random, { ...seeding, today }, { at: Date.now(), counter: 60_000 });
  const gone = volatile.splice(random.below(volatile.length), 1, created)[0] as InvoiceHeader;
  await writeHeaders(table, [...new Map([...changed, created].map((one) => [one.id, one])).values()]);
  const Key = headerKey(gone.accountId, gone.id);
  await table.client.send(new DeleteCommand({ TableName: table.name, Key }));
};

/** Every id of every page, with other people’s work before and during each. */
const walkWhileDisturbed = async (admin: Client, search: PlainSearch, turn: () => Promise<void>) => {
  const ids: string[] = [];
  let cursor: string | null = null;
  do {
    const asking = admin.post('/v1/invoices/search', { ...search, limit: 13, cursor, columns: ['number'] });
    const [answer] = await Promise.all([asking, turn()]);
    const page: Json = ok(answer);
    ids.push(...page.data.map(({ id }: Json) => id));
    cursor = page.nextCursor;
  } while (cursor !== null);
  return ids;
};

describe.each([1, 8])('on an account of %i shards', (shards) => {
  it('FILT-3: paging neither skips nor repeats an invoice that did not change, while others do', async () => {
    const account = await own.newAccount();
    const headers = headersOf({ accountId: account.id, count: 160, shards, today, seed: 40 + shards });
    await prepareAccount(table, account.id, shards);
    await writeHeaders(table, headers);
    const stable = headers.filter((_, index) => index % 2 === 0);
    const volatile = headers.filter((_, index) => index % 2 === 1);
    const isStable = new Set(stable.map(({ id }) => id));
    for (const search of searches) {
      const turn = () => disturb(volatile, { accountId: account.id, shards });
      const seen = await walkWhileDisturbed(account.admin, search, turn);
      const expected = evaluatePlainly(stable, search, today);
      expect(expected.length).toBeGreaterThan(20);
      expect(seen.filter((id) => isStable.has(id))).toEqual(expected);
    }
  }, 120_000);
});
