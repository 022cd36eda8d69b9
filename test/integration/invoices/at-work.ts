import { expect } from 'vitest';
import { table } from '#functions/wiring/table.ts';
import { historyKey } from '#lib/data/keys.ts';
import { type Item, queryAll } from '#lib/data/table.ts';
import { Transaction } from '#lib/data/transaction.ts';
import { type Client, newContact, newInvoice, ok } from '#test/support/account.ts';
import { own, withOwnService } from '#test/support/own-service.ts';
import { type Json, service } from '#test/support/service.ts';

/** An invoice whose records and messages a test hands to the workers itself. */

export { own, withOwnService };

export type State = { accountId: string; admin: Client; invoice: Json; email: string; path: string };
export const start = async (more: Record<string, unknown> = {}): Promise<State> => {
  const { id: accountId, admin } = await own.newAccount();
  const contact = await newContact(admin);
  const invoice = await newInvoice(admin, { contactId: contact.id, ...more });
  return { accountId, admin, invoice, email: contact.email, path: `/v1/invoices/${invoice.id}` };
};

/** What the stream asks for, made: until nothing is left to be done. */
export const work = async ({ accountId }: State): Promise<void> => {
  expect(await own.stream('relay-outbox', await own.records(accountId))).toEqual([]);
  const renders = await own.take('render', accountId);
  expect(await own.queue('render-pdf', renders)).toBe(0);
};

export const mailsTo = async ({ email }: State): Promise<Json[]> => {
  const store = (await (await fetch(`${service().mailbox}/store`)).json()) as Json[];
  return store.filter(({ destinations }) => destinations.includes(email));
};

export const historyItems = ({ accountId, invoice }: State): Promise<Item[]> =>
  queryAll(table(), { pk: historyKey(accountId, invoice.id, '', '').pk });
/** Leaves what no record of the stream makes: the history of removed items, which their own transaction wrote. */
export const emptyHistory = async (state: State, kept: readonly Item[]): Promise<void> => {
  for (const item of await historyItems(state))
    if (kept.every(({ sk }) => sk !== item.sk)) await new Transaction(table()).delete(item).commit();
};

/** One whose e-mail waits to be sent. */
export const queued = async (): Promise<State & { bodies: string[] }> => {
  const state = await start();
  ok(await state.admin.post(`${state.path}/send`, {}));
  await work(state);
  return { ...state, bodies: await own.take('email', state.accountId) };
};
export const statusOf = async ({ admin, path }: State): Promise<Json> =>
  ok(await admin.get(`${path}/emails`)).data[0];
