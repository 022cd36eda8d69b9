import { describe, expect, it } from 'vitest';
import { ok } from '#test/support/account.ts';
import {
  at,
  bounce,
  complaint,
  delivery,
  emailOf,
  handOver,
  historyOf,
  inDoubt,
  own,
  send,
  sent,
  withOwnService,
  worker,
} from './sent-mail.ts';

withOwnService();

describe('the provider’s events', () => {
  it('SEND-12: are shown for each recipient, in whatever order and however often they come', async () => {
    const orders: ((events: string[]) => string[])[] = [
      (events) => events,
      (events) => events.toReversed(),
      (events) => [...events.toReversed(), ...events, ...events],
    ];
    for (const order of orders) {
      const state = await sent();
      const { to, cc } = state;
      const events = [
        send(state),
        delivery(state, [to, cc.toUpperCase()]),
        bounce(state, cc),
        complaint(state, to),
      ];
      expect(await own.queue(worker, order(events))).toBe(0);
      const email = await emailOf(state);
      expect(email).toMatchObject({ status: 'sent', messageId: state.mail.id });
      expect(email.recipients).toEqual([
        { email: to, status: 'complained', at: at(3) },
        { email: cc, status: 'bounced', at: at(2) },
      ]);
      const history = await historyOf(state);
      expect(history.toSorted()).toEqual(
        [
          'created',
          'finalized',
          'email_sent',
          'email_delivered',
          'email_bounced',
          'email_complained',
        ].toSorted(),
      );
    }
  });

  it('SEND-12: an address that bounced for good is warned of at the next send, another is not', async () => {
    const state = await sent();
    const { admin, path, to, cc } = state;
    expect(await own.queue(worker, [bounce(state, to), bounce(state, cc, 'Transient')])).toBe(0);
    const again = ok(await admin.post(`${path}/send`, { cc: [cc] }));
    expect(again.warnings).toMatchObject([{ code: 'address_bounced', detail: expect.stringContaining(to) }]);
    expect(again.status).toBe('queued');
  });

  it('API-3: do not raise the invoice’s version', async () => {
    const state = await sent();
    const before = ok(await state.admin.get(state.path));
    expect(await own.queue(worker, [delivery(state, [state.to])])).toBe(0);
    expect(ok(await state.admin.get(state.path))).toEqual(before);
  });

  it.each(['unknown', 'sending'] as const)('SEND-11: settle an e-mail that is %s', async (status) => {
    const state = await sent();
    await inDoubt(state, status);
    expect(await own.queue(worker, [delivery(state, [state.to]), send(state)])).toBe(0);
    const email = await emailOf(state);
    expect(email).toMatchObject({ status: 'sent', sentAt: at(0), messageId: state.mail.id });
    expect(email.recipients).toEqual([
      { email: state.to, status: 'delivered', at: at(1) },
      { email: state.cc, status: 'sent', at: at(0) },
    ]);
    expect(ok(await state.admin.get(state.path)).lastSentAt).toBe(at(0));
  });

  it('SEND-9: that tell late of an e-mail leave the time at which a later one was sent', async () => {
    const state = await sent();
    const { accountId, admin, path } = state;
    await inDoubt(state, 'unknown');
    const { createdAt } = await emailOf(state);
    const later = ok(await admin.post(`${path}/send`, {}));
    await handOver(accountId);
    const { lastSentAt } = ok(await admin.get(path));
    expect(lastSentAt >= later.createdAt).toBe(true);
    const { mail, ...event } = JSON.parse(send(state));
    const late = JSON.stringify({ ...event, mail: { ...mail, timestamp: createdAt } });
    expect(await own.queue(worker, [late])).toBe(0);
    const emailsNow = ok(await admin.get(`${path}/emails`)).data;
    expect(emailsNow).toMatchObject([{ id: later.id }, { status: 'sent', sentAt: createdAt }]);
    expect(ok(await admin.get(path)).lastSentAt).toBe(lastSentAt);
  });

  it('SEND-12: of another message, of none of ours or of a deleted invoice change nothing', async () => {
    const state = await sent();
    const before = await emailOf(state);
    const other = { ...state, mail: { ...state.mail, id: 'another' } };
    const gone = { ...state, mail: { ...state.mail, tags: { ...state.mail.tags, email: 'eml_none' } } };
    const foreign = { ...state, mail: { ...state.mail, tags: {} } };
    const events = [other, gone, foreign].map((one) => delivery(one, [state.to]));
    const greeting = 'Successfully validated SNS topic for Amazon SES event publishing.';
    expect(await own.queue(worker, [...events, greeting])).toBe(0);
    expect(await emailOf(state)).toEqual(before);
    expect(await own.queue(worker, ['{"eventType":"Delivery"}'])).toBe(1);
  });
});
