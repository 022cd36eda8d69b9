import { putRecord, readRecord } from '#lib/data/collection.ts';
import { contacts, emails, payments } from '#lib/data/collections.ts';
import { contactIdOfEmail, moveContactEmail } from '#lib/data/contact-emails.ts';
import { following } from '#lib/data/history.ts';
import { newId } from '#lib/data/ids.ts';
import { putHeader, readHeader } from '#lib/data/invoices.ts';
import type { Table } from '#lib/data/table.ts';
import { Stale, Transaction, untilWritten } from '#lib/data/transaction.ts';
import { type Change, laterOf } from '#lib/domain/change.ts';
import { aboutOf, type Email, isInvoiceEmail } from '#lib/domain/email.ts';
import { Refusal } from '#lib/domain/refusal.ts';

const patience = () => ({ deadline: Date.now() + 20_000 });

const stampOf = (email: Email, at: string): Change => ({
  id: newId('his', at),
  at,
  action: 'email_sent',
  actor: email.createdBy,
  source: 'system',
  requestId: null,
});

/** What the e-mail is about, as it is now: its history follows on it. */
export const subjectOf = async (table: Table, email: Email) => {
  if (email.template === 'export') return undefined;
  return email.template === 'receipt'
    ? readRecord(table, payments, email.accountId, email.paymentId)
    : readHeader(table, email.accountId, email.invoiceId);
};

/** An invoice sent to an address that no contact has makes one (SEND-1). */
const putNewContact = async (table: Table, writes: Transaction, email: Email, at: string): Promise<void> => {
  const { accountId, to } = email;
  if (!isInvoiceEmail(email) || (await contactIdOfEmail(table, accountId, to)) !== undefined) return;
  const id = newId('con', at);
  const kept = { id, accountId, version: 1, revision: 0, createdAt: at, updatedAt: at };
  const contact = putRecord(writes, contacts, undefined, { name: to, email: to, ...kept });
  moveContactEmail(writes, contact, undefined, to);
};

const sentEmail = (email: Email, { messageId, at }: { messageId: string; at: string }): Email => ({
  ...email,
  ...{ status: 'sent', sentAt: at, messageId, leaseUntil: undefined },
  recipients: email.recipients.map((recipient) =>
    recipient.status === 'pending' ? { ...recipient, status: 'sent', at } : recipient,
  ),
});

const attempt = async (
  table: Table,
  known: Email,
  sent: { messageId: string; at: string },
  asked: Change,
): Promise<void> => {
  const { accountId, id } = known;
  const about = aboutOf(known);
  const [subject, email] = await Promise.all([
    subjectOf(table, known),
    readRecord(table, emails, accountId, about, id),
  ]);
  // Gone with its invoice, or noted already. One whose lease ran out meanwhile was marked unknown: now it is known.
  if (email === undefined || !['sending', 'unknown'].includes(email.status)) return;
  const change = following(subject, asked);
  const writes = new Transaction(table);
  putRecord(writes, emails, email, sentEmail(email, sent), { subject: about, change });
  if (subject !== undefined && 'lineCount' in subject && email.template === 'invoice')
    putHeader(
      writes,
      subject,
      { ...subject, lastSentAt: laterOf(subject.lastSentAt ?? '', sent.at) },
      change,
    );
  await putNewContact(table, writes, email, sent.at);
  await writes.commit().catch((error) => {
    // Somebody made the contact at this very moment.
    throw error instanceof Refusal ? new Stale('contact', { cause: error }) : error;
  });
};

/**
 * Notes that the provider took an e-mail: the e-mail itself, its history, the invoice's `lastSentAt` (whose version stays:
 * SEND-9, API-3) and the new contact are written together, once, whoever learns of it first. What is learnt late leaves the
 * `lastSentAt` of an e-mail that was sent since.
 */
export const noteSent = async (
  table: Table,
  email: Email,
  sent: { messageId: string; at: string },
): Promise<void> => {
  const asked = stampOf(email, sent.at);
  await untilWritten(() => attempt(table, email, sent, asked), patience());
};
