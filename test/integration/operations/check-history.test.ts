import { afterAll, beforeAll, expect, it } from 'vitest';
import { table } from '#functions/wiring/table.ts';
import { handlerOf } from '#infra/local/handler-of.ts';
import { lambdaContext } from '#infra/local/lambda-context.ts';
import { walkHistories } from '#lib/data/history-walk.ts';
import { historyKey } from '#lib/data/keys.ts';
import { type Item, queryAll } from '#lib/data/table.ts';
import { Transaction } from '#lib/data/transaction.ts';
import { newContact, newDraft, newInvoice, ok } from '#test/support/account.ts';
import { type OwnService, startOwnService } from '#test/support/in-process.ts';
import type { Json } from '#test/support/service.ts';

let own: OwnService;
beforeAll(async () => {
  own = await startOwnService();
});
afterAll(() => own.stop());

const later = new Date(Date.now() + 3_600_000).toISOString();
const walk = (more: { mostSubjects?: number; before?: string } = {}) =>
  walkHistories(table(), { before: later, mostSubjects: 1_000, goesOn: () => true, ...more });
const historyOf = (accountId: string, subject: string): Promise<Item[]> =>
  queryAll(table(), { pk: historyKey(accountId, subject, '', '').pk });
const record = async (accountId: string): Promise<void> => {
  expect(await own.stream('record-history', await own.records(accountId))).toEqual([]);
};
const lose = async (items: readonly Item[]): Promise<void> => {
  for (const item of items) await new Transaction(table()).delete(item).commit();
};

/** An account in which much was done. */
const lively = async () => {
  const { id, admin } = await own.newAccount();
  ok(await admin.patch('/v1/settings', { allowEditFinalized: true, allowDeleteFinalized: true }));
  const lines = Array.from({ length: 130 }, (_, index) => ({
    name: `L${index}`,
    quantity: '1',
    unitPrice: '1',
  }));
  const long = await newDraft(admin, { lineItems: lines });
  ok(await admin.patch(`/v1/invoices/${long.id}`, { lineItems: lines.slice(0, 20) }));
  const invoice = await newInvoice(admin);
  const path = `/v1/invoices/${invoice.id}`;
  // Each of these edits changes the details too: the text that tells the buyer of it.
  ok(await admin.patch(path, { title: 'April' }));
  ok(await admin.patch(path, { title: 'May' }));
  ok(await admin.put(`${path}/contacts/${(await newContact(admin)).id}`));
  const link = ok(await admin.post(`${path}/links`, {}));
  ok(await admin.delete(`${path}/links/${link.id}`));
  const payment: Json = ok(await admin.post(`${path}/payments`, { amount: '40', method: 'cash' }));
  ok(await admin.delete(`${path}/payments/${payment.id}`));
  ok(await admin.post(`${path}/void`, { reason: 'Ordered twice' }));
  const gone = await newInvoice(admin);
  ok(await admin.delete(`/v1/invoices/${gone.id}?reason=By%20mistake`));
  ok(await admin.post('/v1/payments', { amount: '5', currency: 'EUR', method: 'cash' }));
  await record(id);
  return { id, invoice, long };
};

it('HIST-3: finds nothing where nothing was lost, and finds what was, by its version', async () => {
  const { id, invoice } = await lively();
  const whole = await walk();
  expect(whole).toMatchObject({ missing: [], mended: [], isWhole: true });
  expect(whole.subjects).toBeGreaterThan(4);
  const lost = (await historyOf(id, invoice.id)).filter(({ data }) => (data as Json).version === 3);
  expect(lost.length).toBeGreaterThan(0);
  await lose(lost);
  const named = { accountId: id, subject: invoice.id };
  expect(await walk()).toMatchObject({ missing: [{ ...named, version: 3 }], mended: [] });
  // What the bucket of failures kept is replayed.
  await record(id);
  expect(await walk()).toMatchObject({ missing: [], mended: [] });
});

it('HIST-3: mends what is missing of a creation: the entry is as it was', async () => {
  const { id, admin } = await own.newAccount();
  const draft = await newDraft(admin);
  await record(id);
  const [history, settings] = [await historyOf(id, draft.id), await historyOf(id, 'settings')];
  await lose([...history, ...settings]);
  const { missing, mended } = await walk();
  expect(missing).toEqual([]);
  expect(mended).toHaveLength(history.length + settings.length);
  expect(await historyOf(id, draft.id)).toEqual(history);
  expect(await historyOf(id, 'settings')).toEqual(settings);
});

it('HIST-3: names a lost part of the last change, of which the item before is not known', async () => {
  const { id, admin } = await own.newAccount();
  const draft = await newDraft(admin);
  ok(await admin.patch(`/v1/invoices/${draft.id}`, { title: 'March' }));
  await record(id);
  const parts = (await historyOf(id, draft.id)).filter(({ data }) => (data as Json).version === 2);
  await lose(parts.slice(0, 1));
  const { missing, mended } = await walk();
  expect(mended).toEqual([]);
  expect(missing).toEqual([
    { accountId: id, subject: draft.id, item: parts[0]?.sk.split('#').slice(1).join('#') },
  ]);
});

it('goes on where it stopped, and leaves what is young to the next time', async () => {
  const { id, admin } = await own.newAccount();
  await newDraft(admin);
  let [runs, found] = [0, 0];
  for (let isWhole = false; !isWhole; runs++) {
    const walked = await walk({ mostSubjects: 1, before: new Date(Date.now() - 3_600_000).toISOString() });
    expect(walked.subjects).toBeLessThanOrEqual(50);
    found += walked.missing.length + walked.mended.length;
    isWhole = walked.isWhole;
  }
  expect(runs).toBeGreaterThan(3);
  expect(found).toBe(0);
  expect(await historyOf(id, 'settings')).toEqual([]);
  const handler = await handlerOf('#functions/workers/check-history.ts');
  await handler({}, lambdaContext('check-history', 900_000));
  expect(await historyOf(id, 'settings')).toEqual([]);
});
