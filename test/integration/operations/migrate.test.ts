import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { table } from '#functions/wiring/table.ts';
import { projectRoot } from '#infra/build/places.ts';
import { indexKeys } from '#infra/operations/migrations/index-keys.ts';
import {
  type Migration,
  type Progress,
  positionOf,
  walk,
  wordOf,
} from '#infra/operations/migrations/walk.ts';
import { contactKey, headerKey, paymentKey } from '#lib/data/keys.ts';
import { getItem, type Item, queryAll, type Table, tableAt } from '#lib/data/table.ts';
import { atRevision, Transaction, untilWritten } from '#lib/data/transaction.ts';
import { type Client, newContact, newDraft, newInvoice, ok } from '#test/support/account.ts';
import { type OwnService, startOwnService } from '#test/support/in-process.ts';
import type { Json } from '#test/support/service.ts';

let own: OwnService;
let operator: Table;
beforeAll(async () => {
  own = await startOwnService();
  // The operator's own client, beside the functions'.
  operator = tableAt(table().name);
});
afterAll(() => own.stop());

const freely = { perSecond: 1_000_000 };
const migrate = async (migration: Migration, accountId: string): Promise<Progress[]> => {
  const pages: Progress[] = [];
  // From this account on: others of the table are those of other tests, and come before it.
  for await (const page of walk(operator, migration, { ...freely, from: { accountId } })) pages.push(page);
  return pages;
};
const rewritten = (pages: readonly Progress[]): number =>
  pages.reduce((sum, page) => sum + page.rewritten, 0);

/** Somebody writes each item after the walk has read it and before it writes it, the first time. */
const beforeEachWrite = (meanwhile: (key: { pk: string; sk: string }) => Promise<unknown>): void => {
  const met = new Set<string>();
  operator.client.middlewareStack.add(
    (next, context) => async (args) => {
      const { pk, sk } = { ...(args.input as { Item?: Item }).Item } as Item;
      if (context.commandName === 'PutItemCommand' && !met.has(`${pk} ${sk}`)) {
        met.add(`${pk} ${sk}`);
        await meanwhile({ pk, sk });
      }
      return next(args);
    },
    { step: 'initialize', name: 'beforeEachWrite', override: true },
  );
};
afterEach(() => void operator.client.middlewareStack.remove('beforeEachWrite'));

/** The items as they were written before there was an index by due date. */
const withoutIndex = async (items: readonly { pk: string; sk: string }[]): Promise<void> => {
  for (const { pk, sk } of items)
    await operator.client.send(
      new UpdateCommand({
        ...{ TableName: operator.name, Key: { pk, sk } },
        UpdateExpression: 'REMOVE byDueDatePk, byDueDateSk, byTotalPk, byTotalSk',
      }),
    );
};
const idsBy = async (admin: Client, sort: string): Promise<string[]> =>
  ok(await admin.get(`/v1/invoices?limit=50&sort=${sort}`)).data.map(({ id }: Json) => id);
const historyItems = (accountId: string, subject: string): Promise<Item[]> =>
  queryAll(operator, { pk: `A#${accountId}#H#${subject}` });

/** An account with some invoices and a payment, whose index by due date is yet to be filled. */
const older = async () => {
  const { id: accountId, admin } = await own.newAccount();
  const contactId = (await newContact(admin)).id;
  const invoices: Json[] = [];
  for (let index = 0; index < 4; index++) invoices.push(await newInvoice(admin, { contactId }));
  const drafts = [await newDraft(admin, { contactId }), await newDraft(admin, { contactId })];
  const body = { amount: '5', currency: 'EUR', method: 'cash' };
  const { id: paymentId } = ok(await admin.post('/v1/payments', body));
  const ids = [...invoices, ...drafts].map(({ id }) => id as string);
  const keys = [...ids.map((id) => headerKey(accountId, id)), paymentKey(accountId, paymentId)];
  await withoutIndex(keys);
  return { accountId, admin, ids, drafts, keys };
};

describe('a migration, while the service goes on', () => {
  it('fills a new index; what is written in between is kept, and both readers find all', async () => {
    const { accountId, admin, ids, drafts } = await older();
    expect(await idsBy(admin, 'dueDate')).toEqual([]);
    const [draft] = drafts;
    const first = headerKey(accountId, ids[0] as string).pk;
    beforeEachWrite(async ({ pk }) => {
      if (pk === first)
        ok(await admin.post(`/v1/invoices/${ids[0]}/payments`, { amount: '1', method: 'cash' }));
    });
    const writers = Promise.all(
      Array.from({ length: 5 }, async (_, index) =>
        ok(await admin.patch(`/v1/invoices/${draft?.id}`, { title: `Edition ${index}` })),
      ),
    );
    await migrate(indexKeys, accountId);
    const titles = (await writers).map(({ title }) => title);
    expect(new Set(await idsBy(admin, 'dueDate'))).toEqual(new Set(ids));
    expect(new Set(await idsBy(admin, 'createdAt'))).toEqual(new Set(ids));
    expect(ok(await admin.get(`/v1/invoices/${ids[0]}`)).amountPaid).toBe('1.00');
    const now = ok(await admin.get(`/v1/invoices/${draft?.id}`));
    expect(titles).toContain(now.title);
    // Created once and edited five times.
    expect(now.version).toBe(6);
    expect(rewritten(await migrate(indexKeys, accountId))).toBe(0);
  });

  it('HIST-3: makes no history and no work: the stream’s readers take no notice', async () => {
    const { accountId, ids, keys } = await older();
    const before = await own.records(accountId);
    await own.stream('record-history', before);
    await own.stream('relay-outbox', before);
    for (const queue of ['render', 'email', 'cleanup', 'export'] as const) await own.take(queue, accountId);
    const histories = await Promise.all(ids.map((id) => historyItems(accountId, id)));
    const stamped = await Promise.all(keys.map((key) => getItem(operator, key)));
    const seen = (await own.records(accountId)).length;
    expect(rewritten(await migrate(indexKeys, accountId))).toBe(keys.length);
    const records = (await own.records(accountId)).slice(seen);
    expect(records.map(({ eventName }) => eventName)).toEqual(keys.map(() => 'MODIFY'));
    expect(await own.stream('record-history', records)).toEqual([]);
    expect(await own.stream('relay-outbox', records)).toEqual([]);
    expect(await Promise.all(ids.map((id) => historyItems(accountId, id)))).toEqual(histories);
    for (const queue of ['render', 'email', 'cleanup', 'export'] as const)
      expect(await own.take(queue, accountId)).toEqual([]);
    for (const [index, key] of keys.entries()) {
      const {
        byDueDatePk: _pk,
        byDueDateSk: _sk,
        byTotalPk: _tpk,
        byTotalSk: _tsk,
        ...rest
      } = {
        ...(await getItem(operator, key)),
      } as Item;
      expect(rest).toEqual(stamped[index]);
    }
  });
});

describe('npm run migrate', () => {
  const command = (...args: string[]) =>
    promisify(execFile)(process.execPath, ['infra/operations/migrate.ts', ...args], { cwd: projectRoot });

  it('goes through a table, and says where it goes on', async () => {
    const { accountId, admin, ids, keys } = await older();
    const { stdout } = await command(table().name, 'index-keys', '--from', accountId);
    // Invoices, then payments.
    expect(stdout).toMatch(new RegExp(`it goes on with --from ${accountId}/\\S+`));
    expect(stdout).toContain(`index-keys is done: ${keys.length} items read, ${keys.length} rewritten.`);
    expect(new Set(await idsBy(admin, 'dueDate'))).toEqual(new Set(ids));
  });

  it('names what it needs', async () => {
    await expect(command(table().name)).rejects.toThrow('Name the table and the migration');
  });
});

/** A property that is renamed: `tel` was written, then both, and `phone` shall be read. */
type Named = { tel?: string; phone?: string };
const renamed: Migration = {
  page: async (from, accountId, after) => {
    const items = await queryAll(from, { pk: contactKey(accountId, '').pk });
    const keys = items.filter(({ sk }) => sk > (after ?? '')).slice(0, 2);
    return { keys, next: keys.length < 2 ? undefined : keys.at(-1)?.sk };
  },
  rewrite: (item) => {
    const { tel, phone } = item.data as Named;
    return tel === undefined || phone === tel
      ? undefined
      : { ...item, data: { ...(item.data as Named), phone: tel } };
  },
};

const put = async (accountId: string, id: string, data: Named): Promise<void> => {
  const item = { ...contactKey(accountId, id), revision: 1, data };
  await new Transaction(operator).put(item).commit();
};
const read = async (accountId: string, id: string): Promise<{ revision: number; data: Named }> =>
  (await getItem(operator, contactKey(accountId, id))) as unknown as { revision: number; data: Named };
/** A writer of the first deployment: it reads the old name, and writes both. */
const call = (accountId: string, id: string, next: (tel: string) => string): Promise<void> =>
  untilWritten(
    async () => {
      const { revision, data } = await read(accountId, id);
      const tel = next(data.tel ?? '');
      const item = { ...contactKey(accountId, id), revision: revision + 1, data: { tel, phone: tel } };
      await new Transaction(table()).put(item, atRevision(revision)).commit();
    },
    { deadline: Date.now() + 20_000 },
  );

describe('a property that is renamed', () => {
  const ids = ['con_1', 'con_2', 'con_3', 'con_4', 'con_5'];

  it('loses no update of who writes between its reading and its writing', async () => {
    const { id } = await own.newAccount();
    for (const each of ids) await put(id, each, { tel: '0' });
    beforeEachWrite(({ sk }) => call(id, sk, (tel) => `${tel}-between`));
    // They have written both names by themselves.
    expect(rewritten(await migrate(renamed, id))).toBe(0);
    for (const each of ids) {
      const { revision, data } = await read(id, each);
      expect([revision, data]).toEqual([2, { tel: '0-between', phone: '0-between' }]);
    }
  });

  it('reads the same under both names, however many write meanwhile', async () => {
    const { id } = await own.newAccount();
    for (const each of ids) await put(id, each, { tel: '0' });
    const writers = ids.flatMap((each) =>
      Array.from({ length: 4 }, (_, index) => call(id, each, (tel) => `${tel}-${index}`)),
    );
    await Promise.all([migrate(renamed, id), ...writers]);
    for (const each of ids) {
      const { revision, data } = await read(id, each);
      expect(data.phone).toBe(data.tel);
      expect(data.tel?.split('-').slice(1).toSorted()).toEqual(['0', '1', '2', '3']);
      expect(revision).toBe(5);
    }
  });

  it('may stop after any page and go on from there', async () => {
    const { id } = await own.newAccount();
    for (const each of ids) await put(id, each, { tel: '0' });
    const pages = walk(operator, renamed, { ...freely, from: { accountId: id } });
    const first = (await pages.next()).value as Progress;
    await pages.return(undefined);
    expect(first.rewritten).toBe(2);
    const word = wordOf(first.next as NonNullable<Progress['next']>);
    const rest: Progress[] = [];
    for await (const page of walk(operator, renamed, { ...freely, from: positionOf(word) })) rest.push(page);
    expect(rewritten(rest)).toBe(3);
    expect(rest.at(-1)?.next).toBeUndefined();
    for (const each of ids) expect((await read(id, each)).data).toEqual({ tel: '0', phone: '0' });
  });

  it('takes no more items a second than it was told', async () => {
    const { id } = await own.newAccount();
    for (const each of ids) await put(id, each, { tel: '0' });
    const pauses: number[] = [];
    const pause = async (milliseconds: number) => void pauses.push(milliseconds);
    for await (const _ of walk(operator, renamed, { perSecond: 0.1, pause, from: { accountId: id } }));
    // Pages of two, two and one, at ten seconds an item, but for the time that they took.
    expect(pauses).toHaveLength(3);
    for (const [index, most] of [20_000, 20_000, 10_000].entries()) {
      expect(pauses[index]).toBeLessThanOrEqual(most);
      expect(pauses[index]).toBeGreaterThan(most - 5_000);
    }
  });

  it('is refused where it would pass for a change', async () => {
    const { id } = await own.newAccount();
    await put(id, 'con_1', { tel: '0' });
    const raising: Migration = { ...renamed, rewrite: (item) => ({ ...item, revision: 2 }) };
    await expect(migrate(raising, id)).rejects.toThrow('keeps the revision and the stamp');
  });
});
