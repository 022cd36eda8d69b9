import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { PutCommand, paginateScan } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { table } from '#functions/wiring/table.ts';
import { createTable } from '#infra/local/resources.ts';
import { type Moved, moveCountersOn, type Restore } from '#infra/operations/restore-counters.ts';
import { counterKey } from '#lib/data/keys.ts';
import { readCounter } from '#lib/data/numbering.ts';
import { type Item, type Table, tableAt } from '#lib/data/table.ts';
import { type Client, newContact, newInvoice, ok } from '#test/support/account.ts';
import { type OwnService, startOwnService } from '#test/support/in-process.ts';
import type { Json } from '#test/support/service.ts';

let own: OwnService;
beforeAll(async () => {
  own = await startOwnService();
});
afterAll(() => own.stop());

const at = '2026-11-24T12:00:00.000Z';
let copies = 0;
const itemsOf = async ({ client, name }: Table): Promise<Item[]> => {
  const items: Item[] = [];
  for await (const page of paginateScan({ client }, { TableName: name, ConsistentRead: true }))
    items.push(...((page.Items ?? []) as Item[]));
  return items;
};
const put = async ({ client, name }: Table, items: readonly Item[]): Promise<void> => {
  for (const item of items) await client.send(new PutCommand({ TableName: name, Item: item }));
};
/** A table with these items: what a restore makes of the table as it was then. */
const restoredOf = async (items: readonly Item[]): Promise<Table> => {
  copies += 1;
  const copy = tableAt(`${table().name}-${copies}`);
  await createTable(new DynamoDBClient({}), copy.name);
  await put(copy, items);
  return copy;
};
const move = async (restore: Partial<Restore> & { restored: Table }): Promise<Moved[]> => {
  const moved: Moved[] = [];
  for await (const one of moveCountersOn({ lost: undefined, skip: 0, at, ...restore })) moved.push(one);
  return moved;
};
/** The service goes on with the restored data: what it had written since is replaced. */
const goOnWith = async (restored: Table): Promise<void> => {
  await put(table(), await itemsOf(restored));
};
const numbersOf = async (admin: Client, count: number): Promise<string[]> => {
  const contactId = (await newContact(admin)).id;
  const numbers: string[] = [];
  for (let index = 0; index < count; index++) numbers.push((await newInvoice(admin, { contactId })).number);
  return numbers;
};
const audit = async (admin: Client): Promise<Json> => ok(await admin.get('/v1/numbering/audit'));

it('NUM-1: numbers stay unique after a restore, and the audit tells what became of those given since', async () => {
  const { id, admin } = await own.newAccount();
  expect(await numbersOf(admin, 2)).toEqual(['INV-1001', 'INV-1002']);
  const restored = await restoredOf(await itemsOf(table()));
  expect(await numbersOf(admin, 3)).toEqual(['INV-1003', 'INV-1004', 'INV-1005']);
  const moved = await move({ restored, lost: table() });
  expect(moved).toEqual([{ accountId: id, from: 1002, to: 1005, kept: 3 }]);
  expect(await move({ restored, lost: table() })).toEqual([]);
  await goOnWith(restored);
  expect(await numbersOf(admin, 1)).toEqual(['INV-1006']);
  const { data: numbers, gaps } = await audit(admin);
  expect(gaps).toEqual([]);
  expect(numbers.map(({ number, status }: Json) => [number, status])).toEqual([
    ['INV-1001', 'issued'],
    ['INV-1002', 'issued'],
    ['INV-1003', 'deleted'],
    ['INV-1004', 'deleted'],
    ['INV-1005', 'deleted'],
    ['INV-1006', 'issued'],
  ]);
});

it('NUM-1: where the lost table can’t be read, so many numbers are left out', async () => {
  const { id, admin } = await own.newAccount();
  await numbersOf(admin, 1);
  const mine = (await itemsOf(table())).filter(({ pk, sk }) => `${pk} ${sk}`.includes(id));
  const restored = await restoredOf(mine);
  await numbersOf(admin, 2);
  expect(await move({ restored, skip: 100 })).toEqual([{ accountId: id, from: 1001, to: 1101, kept: 0 }]);
  await goOnWith(restored);
  expect(await numbersOf(admin, 1)).toEqual(['INV-1102']);
});

it('NUM-1: a counter behind its own numbers is moved past them, and one that gave none stays', async () => {
  const { id, admin } = await own.newAccount();
  await own.newAccount();
  await numbersOf(admin, 1);
  const behind = (await itemsOf(table())).filter(
    ({ pk, sk }) => pk === counterKey(id).pk && sk === 'COUNTER',
  );
  await numbersOf(admin, 2);
  const restored = await restoredOf(await itemsOf(table()));
  await put(restored, behind);
  expect(await move({ restored })).toEqual([{ accountId: id, from: 1001, to: 1003, kept: 0 }]);
  expect((await readCounter(restored, id)).last).toEqual({ counter: 1003, number: 'INV-1003' });
});
