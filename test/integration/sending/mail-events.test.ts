import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { table } from '#functions/wiring/table.ts';
import { putRecord, readRecord } from '#lib/data/collection.ts';
import { emails } from '#lib/data/collections.ts';
import { putHeader, readHeader } from '#lib/data/invoices.ts';
import { Transaction } from '#lib/data/transaction.ts';
import { closeBrowser } from '#lib/documents/browser.ts';
import type { Email } from '#lib/domain/email.ts';
import { type Client, newContact, newInvoice, ok } from '#test/support/account.ts';
import { atEveryCall } from '#test/support/crash.ts';
import { type OwnService, startOwnService } from '#test/support/in-process.ts';
import { type Mail, mailsTo } from '#test/support/mailbox.ts';
import type { Json } from '#test/support/service.ts';

let own: OwnService;
beforeAll(async () => {
  own = await startOwnService();
});
afterAll(async () => {
  await own.stop();
  await closeBrowser();
});

const worker = 'note-mail-events';
type State = { accountId: string; admin: Client; path: string; to: string; cc: string; mail: Mail };

/** What was asked for goes to the provider. */
const handOver = async (accountId: string): Promise<void> => {
  await own.stream('relay-outbox', await own.records(accountId));
  expect(await own.queue('render-pdf', await own.take('render', accountId))).toBe(0);
  expect(await own.queue('send-email', await own.take('email', accountId))).toBe(0);
};

/** An e-mail to two, which the provider took. */
const sent = async (): Promise<State> => {
  const { id: accountId, admin } = await own.newAccount();
  const contact = await newContact(admin);
  const invoice = await newInvoice(admin, { contactId: contact.id });
  const path = `/v1/invoices/${invoice.id}`;
  const cc = `cc-${contact.email}`;
  ok(await admin.post(`${path}/send`, { cc: [cc] }));
  await handOver(accountId);
  const [mail] = await mailsTo(contact.email);
  if (mail === undefined) throw new Error('no mail');
  return { accountId, admin, path, to: contact.email, cc, mail };
};

const at = (second: number): string => `2026-11-24T10:00:0${second}.000Z`;
/** Events as SES publishes them for a configuration set. */
const eventOf = ({ mail }: State, eventType: string, more: Json = {}): string =>
  JSON.stringify({
    eventType,
    mail: {
      ...{ timestamp: at(0), messageId: mail.id, source: mail.source, destination: mail.destinations },
      tags: {
        'ses:configuration-set': ['quittance-dev'],
        ...Object.fromEntries(Object.entries(mail.tags).map(([name, value]) => [name, [value]])),
      },
    },
    ...more,
  });
const send = (state: State) => eventOf(state, 'Send', { send: {} });
const delivery = (state: State, recipients: string[], second = 1) =>
  eventOf(state, 'Delivery', { delivery: { timestamp: at(second), recipients, smtpResponse: '250 ok' } });
const bounce = (state: State, address: string, bounceType = 'Permanent') =>
  eventOf(state, 'Bounce', {
    bounce: {
      ...{ timestamp: at(2), bounceType, bounceSubType: 'General' },
      bouncedRecipients: [{ emailAddress: address, action: 'failed', status: '5.1.1' }],
    },
  });
const complaint = (state: State, address: string) =>
  eventOf(state, 'Complaint', {
    complaint: { timestamp: at(3), complainedRecipients: [{ emailAddress: address }] },
  });

const emailOf = async ({ admin, path }: State): Promise<Json> =>
  ok(await admin.get(`${path}/emails`)).data[0];
const historyOf = async ({ accountId, admin, path }: State): Promise<string[]> => {
  await own.stream('record-history', await own.records(accountId));
  return ok(await admin.get(`${path}/history`)).data.map(({ action }: Json) => action);
};

/** The e-mail, and its invoice, as a worker left them that died at the provider. */
const inDoubt = async ({ accountId, path, mail }: State, status: 'sending' | 'unknown'): Promise<void> => {
  const invoiceId = path.split('/').at(-1) ?? '';
  const email = await readRecord(table(), emails, accountId, invoiceId, mail.tags.email ?? '');
  const header = await readHeader(table(), accountId, invoiceId);
  if (email === undefined || header === undefined) throw new Error('no e-mail');
  const writes = new Transaction(table());
  const recipients = email.recipients.map(({ email: to }) => ({ email: to, status: 'pending' as const }));
  const doubtful: Email = { ...email, status, recipients, sentAt: undefined, messageId: undefined };
  putRecord(writes, emails, email, doubtful);
  putHeader(writes, header, { ...header, lastSentAt: undefined }, undefined);
  await writes.commit();
};

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

  it('HIST-3: a crash at any call, and the message again: everything once', async () => {
    await atEveryCall(
      async () => {
        const state = await sent();
        await inDoubt(state, 'unknown');
        return state;
      },
      (state) => own.queue(worker, [delivery(state, [state.to])]),
      async (state) => {
        expect(await own.queue(worker, [delivery(state, [state.to])])).toBe(0);
        const email = await emailOf(state);
        expect(email.recipients[0]).toEqual({ email: state.to, status: 'delivered', at: at(1) });
        const history = await historyOf(state);
        expect(history.filter((action) => action === 'email_delivered')).toHaveLength(1);
      },
    );
  });
});
