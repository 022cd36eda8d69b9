import { afterAll, beforeAll, expect, it } from 'vitest';
import { table } from '#functions/wiring/table.ts';
import { headerKey, historyKey } from '#lib/data/keys.ts';
import { type Item, queryAll } from '#lib/data/table.ts';
import { closeBrowser } from '#lib/documents/browser.ts';
import { type Client, newContact, newInvoice, ok } from '#test/support/account.ts';
import { type OwnService, startOwnService } from '#test/support/in-process.ts';
import { type Json, service } from '#test/support/service.ts';

/** A stream that is read from its beginning once more, as after a reader was set up anew or a table restored. */

let own: OwnService;
beforeAll(async () => {
  own = await startOwnService();
});
afterAll(async () => {
  await own.stop();
  await closeBrowser();
});

/** All that follows from the records so far, until nothing is left to be done. */
const followUp = async (accountId: string): Promise<void> => {
  const records = await own.records(accountId);
  expect(await own.stream('record-history', records)).toEqual([]);
  expect(await own.stream('relay-outbox', records)).toEqual([]);
  const steps = [
    ['render', 'render-pdf'],
    ['email', 'send-email'],
    ['cleanup', 'clean-up'],
  ] as const;
  for (const [queue, worker] of steps)
    expect(await own.queue(worker, await own.take(queue, accountId))).toBe(0);
};

/** Finalized, sent, edited and paid with a receipt; voided; deleted. */
const live = async (admin: Client, contactId: string): Promise<string[]> => {
  ok(await admin.patch('/v1/settings', { allowEditFinalized: true, allowDeleteFinalized: true }));
  const path = ({ id }: Json) => `/v1/invoices/${id}`;
  const paid = await newInvoice(admin, { contactId });
  ok(await admin.post(`${path(paid)}/send`, {}));
  ok(await admin.patch(path(paid), { title: 'Second version' }));
  const payment = ok(await admin.post(`${path(paid)}/payments`, { method: 'cash' }));
  ok(await admin.post(`/v1/payments/${payment.id}/receipt`, {}));
  const voided = await newInvoice(admin, { contactId });
  ok(await admin.post(`${path(voided)}/void`));
  const deleted = await newInvoice(admin, { contactId });
  expect((await admin.delete(`${path(deleted)}?reason=twice`)).status).toBe(204);
  return [paid, voided, deleted].map(({ id }) => id);
};

const mailsTo = async (address: string): Promise<Json[]> => {
  const store = (await (await fetch(`${service().mailbox}/store`)).json()) as Json[];
  return store.filter(({ destinations }) => destinations.includes(address));
};

it('HIST-3, SEND-11, PDF-3: a stream read from its beginning again changes nothing and sends nothing', async () => {
  const { id: accountId, admin } = await own.newAccount();
  const contact = await newContact(admin);
  const ids = await live(admin, contact.id);
  const partitions = ids.flatMap((id) => [headerKey(accountId, id).pk, historyKey(accountId, id, '', '').pk]);
  const stored = async (): Promise<Item[]> =>
    (await Promise.all(partitions.map((pk) => queryAll(table(), { pk })))).flat();
  // The e-mails and PDFs of the first pass are changes of their own.
  await followUp(accountId);
  await followUp(accountId);
  const before = await stored();
  const sent = await mailsTo(contact.email);
  expect(sent).toHaveLength(2);
  expect(before.filter(({ sk }) => sk.startsWith('PDF#')).length).toBeGreaterThanOrEqual(3);
  await followUp(accountId);
  expect(await stored()).toEqual(before);
  expect(await mailsTo(contact.email)).toEqual(sent);
});
