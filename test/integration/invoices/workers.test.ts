import type { DynamoDBRecord } from 'aws-lambda';
import { describe, expect, it } from 'vitest';
import { line, newContact, ok } from '#test/support/account.ts';
import type { Json } from '#test/support/service.ts';
import {
  emptyHistory,
  historyItems,
  mailsTo,
  own,
  queued,
  type State,
  start,
  statusOf,
  withOwnService,
} from './at-work.ts';

withOwnService();

/** The same shuffle at each run. */
const shuffled = <T>(list: readonly T[], seed: number): T[] => {
  const all = [...list];
  let state = seed;
  for (let index = all.length - 1; index > 0; index--) {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    const other = state % (index + 1);
    [all[index], all[other]] = [all[other] as T, all[index] as T];
  }
  return all;
};

describe('record-history', () => {
  const busy = async (): Promise<State> => {
    const lineItems = Array.from({ length: 130 }, (_, index) => line({ name: `Line ${index}` }));
    const { id: accountId, admin } = await own.newAccount();
    const contact = await newContact(admin);
    const draft = ok(await admin.post('/v1/invoices', { currency: 'EUR', contactId: contact.id, lineItems }));
    const path = `/v1/invoices/${draft.id}`;
    ok(await admin.patch(path, { title: 'Shorter', lineItems: lineItems.slice(0, 20) }));
    const invoice = ok(await admin.post(`${path}/finalize`));
    ok(await admin.post(`${path}/payments`, { amount: '1', method: 'cash' }));
    ok(await admin.post(`${path}/send`, {}));
    return { accountId, admin, invoice, path, email: contact.email };
  };

  it('HIST-3: is the same, however often, in whatever order and in what batches records come', async () => {
    const state = await busy();
    const records = await own.records(state.accountId);
    const written = await historyItems(state);
    expect(await own.stream('record-history', records)).toEqual([]);
    const expected = await historyItems(state);
    expect(expected.length).toBeGreaterThan(8);
    for (const seed of [1, 2, 3]) {
      await emptyHistory(state, written);
      const chaos = shuffled([...records, ...records, ...records], seed);
      for (let from = 0; from < chaos.length; from += 7)
        expect(await own.stream('record-history', chaos.slice(from, from + 7))).toEqual([]);
      expect(await historyItems(state)).toEqual(expected);
    }
    const entries = ok(await state.admin.get(`${state.path}/history`)).data as Json[];
    expect(entries.map(({ action }) => action)).toEqual([
      'created',
      'updated',
      'finalized',
      'payment_recorded',
    ]);
    const lines = entries[1].changes.find(({ property }: Json) => property === 'lineItems');
    expect([lines.from.length, lines.to.length]).toEqual([130, 20]);
  });

  it('HIST-3: gives back just the records that it could not keep', async () => {
    const state = await start();
    const records = await own.records(state.accountId);
    const broken: DynamoDBRecord = structuredClone(records[0] as DynamoDBRecord);
    if (broken.dynamodb) broken.dynamodb.SequenceNumber = 'broken';
    if (broken.dynamodb?.NewImage) broken.dynamodb.NewImage.change = { M: { id: { S: 'no stamp' } } };
    expect(await own.stream('record-history', [broken, ...records])).toEqual(['broken']);
    expect(ok(await state.admin.get(`${state.path}/history`)).data).toHaveLength(2);
  });
});

describe('the PDF', () => {
  it('PDF-3: made by several at once is one, and it is there', async () => {
    const state = await start();
    const { accountId, invoice, admin, path } = state;
    const body = JSON.stringify({ accountId, invoiceId: invoice.id, documentVersion: 1 });
    const answers = await Promise.all(Array.from({ length: 4 }, () => own.queue('render-pdf', [body])));
    expect(answers).toEqual([0, 0, 0, 0]);
    const { url } = ok(await admin.get(`${path}/pdf`));
    expect((await fetch(url)).status).toBe(200);
  });
});

describe('the sending of an e-mail', () => {
  it('SEND-11: several workers at once, and messages that come many times, send one', async () => {
    const state = await queued();
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => own.queue('send-email', [...state.bodies, ...state.bodies])),
    );
    expect(answers.some((failures) => failures === 0 || failures < 2)).toBe(true);
    expect(await own.queue('send-email', state.bodies)).toBe(0);
    expect(await mailsTo(state)).toHaveLength(1);
    expect(await statusOf(state)).toMatchObject({ status: 'sent', attached: true });
  });

  it('SEND-9: the invoice tells when it was sent, and its version stays', async () => {
    const state = await queued();
    const before = ok(await state.admin.get(state.path));
    expect(before.lastSentAt).toBe(null);
    expect(await own.queue('send-email', state.bodies)).toBe(0);
    const email = await statusOf(state);
    expect(email.recipients).toEqual([{ email: state.email, status: 'sent', at: email.sentAt }]);
    expect(ok(await state.admin.get(state.path))).toEqual({ ...before, lastSentAt: email.sentAt });
    await own.stream('record-history', await own.records(state.accountId));
    const { data } = ok(await state.admin.get(`${state.path}/history`));
    expect(data.map(({ action }: Json) => action)).toEqual(['created', 'finalized', 'email_sent']);
  });

  it('SEND-13: an invoice that is voided before its e-mail goes out is not sent, and that is shown', async () => {
    const state = await queued();
    ok(await state.admin.post(`${state.path}/void`));
    expect(await own.queue('send-email', state.bodies)).toBe(0);
    expect(await mailsTo(state)).toEqual([]);
    expect(await statusOf(state)).toMatchObject({
      ...{ status: 'failed', warnings: [{ code: 'invoice_not_sendable' }] },
    });
  });
});
