import type { DynamoDBRecord } from 'aws-lambda';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { table } from '#functions/wiring/table.ts';
import { historyKey } from '#lib/data/keys.ts';
import { type Item, queryAll } from '#lib/data/table.ts';
import { Transaction } from '#lib/data/transaction.ts';
import { closeBrowser } from '#lib/documents/browser.ts';
import { leaseMilliseconds } from '#lib/domain/email.ts';
import { type Client, line, newContact, newInvoice, ok } from '#test/support/account.ts';
import { atEveryCall } from '#test/support/crash.ts';
import { type OwnService, startOwnService } from '#test/support/in-process.ts';
import { type Json, service } from '#test/support/service.ts';

let own: OwnService;
beforeAll(async () => {
  own = await startOwnService();
});
afterAll(async () => {
  await own.stop();
  await closeBrowser();
});
afterEach(() => {
  vi.useRealTimers();
});

type State = { accountId: string; admin: Client; invoice: Json; email: string; path: string };
const start = async (more: Record<string, unknown> = {}): Promise<State> => {
  const { id: accountId, admin } = await own.newAccount();
  const contact = await newContact(admin);
  const invoice = await newInvoice(admin, { contactId: contact.id, ...more });
  return { accountId, admin, invoice, email: contact.email, path: `/v1/invoices/${invoice.id}` };
};

/** What the stream asks for, made: until nothing is left to be done. */
const work = async ({ accountId }: State): Promise<void> => {
  expect(await own.stream('relay-outbox', await own.records(accountId))).toEqual([]);
  const renders = await own.take('render', accountId);
  expect(await own.queue('render-pdf', renders)).toBe(0);
};

const mailsTo = async ({ email }: State): Promise<Json[]> => {
  const store = (await (await fetch(`${service().mailbox}/store`)).json()) as Json[];
  return store.filter(({ destinations }) => destinations.includes(email));
};

const historyItems = ({ accountId, invoice }: State): Promise<Item[]> =>
  queryAll(table(), { pk: historyKey(accountId, invoice.id, '', '').pk });
/** Leaves what no record of the stream makes: the history of removed items, which their own transaction wrote. */
const emptyHistory = async (state: State, kept: readonly Item[]): Promise<void> => {
  for (const item of await historyItems(state))
    if (kept.every(({ sk }) => sk !== item.sk)) await new Transaction(table()).delete(item).commit();
};

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

  it('HIST-3: misses nothing and doubles nothing after a crash at any call, once the batch comes again', async () => {
    let expected: Item[] = [];
    await atEveryCall(
      async () => {
        const state = await start();
        ok(await state.admin.post(`${state.path}/payments`, { method: 'cash' }));
        return { ...state, records: await own.records(state.accountId) };
      },
      ({ records }) => own.stream('record-history', records),
      async (state) => {
        expect(await own.stream('record-history', state.records)).toEqual([]);
        const items = await historyItems(state);
        if (expected.length === 0) expected = items;
        expect(items.map(({ sk }) => sk.slice(sk.indexOf('#')))).toEqual(
          expected.map(({ sk }) => sk.slice(sk.indexOf('#'))),
        );
        const { data } = ok(await state.admin.get(`${state.path}/history`));
        expect(data.map(({ action }: Json) => action)).toEqual(['created', 'finalized', 'payment_recorded']);
      },
    );
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
  it('PDF-3: is asked for after a crash at any call of the relay', async () => {
    await atEveryCall(
      async () => {
        const state = await start();
        return { ...state, records: await own.records(state.accountId) };
      },
      ({ records }) => own.stream('relay-outbox', records),
      async ({ accountId, invoice, records }) => {
        expect(await own.stream('relay-outbox', records)).toEqual([]);
        const messages = (await own.take('render', accountId)).map((body) => JSON.parse(body));
        expect(messages.length).toBeGreaterThan(0);
        for (const message of messages)
          expect(message).toEqual({ accountId, invoiceId: invoice.id, documentVersion: 1 });
      },
    );
  });

  it('PDF-3: is one for a document version, after a crash at any call of its making', async () => {
    const fetchPdf = async ({ admin, path }: State): Promise<Buffer> => {
      const answer = await admin.get(`${path}/pdf`);
      expect(answer.status).toBe(200);
      return Buffer.from(await (await fetch(answer.body.url)).arrayBuffer());
    };
    await atEveryCall(
      async () => {
        const state = await start();
        const { accountId, invoice } = state;
        const message = { accountId, invoiceId: invoice.id, documentVersion: 1, emailId: 'eml_1' };
        return { ...state, bodies: [JSON.stringify(message)] };
      },
      ({ bodies }) => own.queue('render-pdf', bodies),
      async (state) => {
        expect(await own.queue('render-pdf', state.bodies)).toBe(0);
        const first = await fetchPdf(state);
        expect(first.subarray(0, 5).toString()).toBe('%PDF-');
        expect(await own.queue('render-pdf', state.bodies)).toBe(0);
        expect((await fetchPdf(state)).equals(first)).toBe(true);
        const asked = (await own.take('email', state.accountId)).map((body) => JSON.parse(body).emailId);
        expect(new Set(asked)).toEqual(new Set(['eml_1']));
      },
    );
  });

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
  const queued = async (): Promise<State & { bodies: string[] }> => {
    const state = await start();
    ok(await state.admin.post(`${state.path}/send`, {}));
    await work(state);
    return { ...state, bodies: await own.take('email', state.accountId) };
  };
  const statusOf = async ({ admin, path }: State): Promise<Json> =>
    ok(await admin.get(`${path}/emails`)).data[0];

  it('SEND-11: a crash at any call sends at most one, and none is lost in silence', async () => {
    await atEveryCall(
      queued,
      ({ bodies }) => own.queue('send-email', bodies),
      async (state) => {
        await own.queue('send-email', state.bodies);
        await own.queue('send-email', [...state.bodies, ...state.bodies]);
        // The queue brings the message again when the lease of whoever died is over.
        vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + leaseMilliseconds + 1_000 });
        expect(await own.queue('send-email', state.bodies)).toBe(0);
        expect(await own.queue('send-email', state.bodies)).toBe(0);
        vi.useRealTimers();
        const mails = await mailsTo(state);
        const { status, sentAt } = await statusOf(state);
        const { lastSentAt } = ok(await state.admin.get(state.path));
        expect(['sent', 'unknown']).toContain(status);
        if (status === 'sent') expect(mails).toHaveLength(1);
        else expect(mails.length).toBeLessThan(2);
        expect(lastSentAt).toBe(status === 'sent' ? sentAt : null);
        await own.stream('record-history', await own.records(state.accountId));
        const { data } = ok(await state.admin.get(`${state.path}/history`));
        const sent = data.filter(({ action }: Json) => action === 'email_sent');
        expect(sent).toHaveLength(status === 'sent' ? 1 : 0);
      },
    );
  });

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
