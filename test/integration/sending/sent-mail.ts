import { expect } from 'vitest';
import { table } from '#functions/wiring/table.ts';
import { putRecord, readRecord } from '#lib/data/collection.ts';
import { emails } from '#lib/data/collections.ts';
import { putHeader, readHeader } from '#lib/data/invoices.ts';
import { Transaction } from '#lib/data/transaction.ts';
import type { Email } from '#lib/domain/email.ts';
import { type Client, newContact, newInvoice, ok } from '#test/support/account.ts';
import { type Mail, mailsTo } from '#test/support/mailbox.ts';
import { own, withOwnService } from '#test/support/own-service.ts';
import type { Json } from '#test/support/service.ts';

/** An e-mail that the provider took, and what it tells of it afterwards. */

export { own, withOwnService };

export const worker = 'note-mail-events';
export type State = { accountId: string; admin: Client; path: string; to: string; cc: string; mail: Mail };

/** What was asked for goes to the provider. */
export const handOver = async (accountId: string): Promise<void> => {
  await own.stream('relay-outbox', await own.records(accountId));
  expect(await own.queue('render-pdf', await own.take('render', accountId))).toBe(0);
  expect(await own.queue('send-email', await own.take('email', accountId))).toBe(0);
};

/** An e-mail to two, which the provider took. */
export const sent = async (): Promise<State> => {
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

export const at = (second: number): string => `2026-11-24T10:00:0${second}.000Z`;
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
export const send = (state: State) => eventOf(state, 'Send', { send: {} });
export const delivery = (state: State, recipients: string[], second = 1) =>
  eventOf(state, 'Delivery', { delivery: { timestamp: at(second), recipients, smtpResponse: '250 ok' } });
export const bounce = (state: State, address: string, bounceType = 'Permanent') =>
  eventOf(state, 'Bounce', {
    bounce: {
      ...{ timestamp: at(2), bounceType, bounceSubType: 'General' },
      bouncedRecipients: [{ emailAddress: address, action: 'failed', status: '5.1.1' }],
    },
  });
export const complaint = (state: State, address: string) =>
  eventOf(state, 'Complaint', {
    complaint: { timestamp: at(3), complainedRecipients: [{ emailAddress: address }] },
  });

export const emailOf = async ({ admin, path }: State): Promise<Json> =>
  ok(await admin.get(`${path}/emails`)).data[0];
export const historyOf = async ({ accountId, admin, path }: State): Promise<string[]> => {
  await own.stream('record-history', await own.records(accountId));
  return ok(await admin.get(`${path}/history`)).data.map(({ action }: Json) => action);
};

/** The e-mail, and its invoice, as a worker left them that died at the provider. */
export const inDoubt = async (
  { accountId, path, mail }: State,
  status: 'sending' | 'unknown',
): Promise<void> => {
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
