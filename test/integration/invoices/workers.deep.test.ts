import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Item } from '#lib/data/table.ts';
import { leaseMilliseconds } from '#lib/domain/email.ts';
import { ok } from '#test/support/account.ts';
import { atEveryCall } from '#test/support/crash.ts';
import type { Json } from '#test/support/service.ts';
import {
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
afterEach(() => {
  vi.useRealTimers();
});

describe('a crash at any call of a worker', () => {
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
});
