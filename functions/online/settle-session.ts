import { accountSettings } from '#functions/http/existing.ts';
import { queueReceipt } from '#functions/sending/receipt.ts';
import { systemSender } from '#functions/sending/system-sender.ts';
import { table } from '#functions/wiring/table.ts';
import { putRecord, readRecord } from '#lib/data/collection.ts';
import { contacts, payments } from '#lib/data/collections.ts';
import { following } from '#lib/data/history.ts';
import { newId } from '#lib/data/ids.ts';
import { putAppliedPayment, putHeader, readHeader } from '#lib/data/invoices.ts';
import { paymentSessions, putSession, type SessionIds } from '#lib/data/payment-sessions.ts';
import { Transaction, untilWritten } from '#lib/data/transaction.ts';
import type { Settings } from '#lib/domain/account/settings.ts';
import { system } from '#lib/domain/actor.ts';
import type { Change } from '#lib/domain/change.ts';
import { dayIn } from '#lib/domain/day.ts';
import type { InvoiceHeader } from '#lib/domain/invoice/invoice.ts';
import type { SessionState } from '#lib/domain/online/session.ts';
import { type Known, type Settled, settled } from '#lib/domain/online/settle.ts';
import type { Payment } from '#lib/domain/payment.ts';
import { isDeliverable } from '#lib/email/address.ts';

/** Where the provider's word comes from, and how long its bringer can wait. */
export type Bringer = {
  at: string;
  source: 'webhook' | 'schedule' | 'page';
  requestId: string | null;
  /** Milliseconds since 1970. */
  deadline: number;
};

const buyer = { type: 'buyer', id: null, name: null } as const;

export const read = async ({ accountId, invoiceId, sessionId }: SessionIds): Promise<Known | undefined> => {
  const [session, invoice, payment] = await Promise.all([
    readRecord(table(), paymentSessions, accountId, invoiceId, sessionId),
    readHeader(table(), accountId, invoiceId),
    readRecord(table(), payments, accountId, sessionId),
  ]);
  return session && { session, invoice, payment };
};

/** Adds the receipt for the buyer, where the account sends one and there is an address (ONL-6). */
const addReceipt = async (
  writes: Transaction,
  account: Settings,
  payment: Payment,
  invoice: InvoiceHeader | undefined,
  at: string,
): Promise<void> => {
  if (!account.sendOnlineReceipts) return;
  const { accountId, contactId } = payment;
  const contact = contactId && (await readRecord(table(), contacts, accountId, contactId));
  const to = (contact ? contact.email : undefined) ?? invoice?.buyerEmail;
  if (to === undefined || !isDeliverable(to)) return;
  const sender = await systemSender(account);
  const asked = { id: newId('eml', at), account, payment, sender, to, at };
  await queueReceipt(writes, { ...asked, by: system });
};

const write = async (known: Known, next: Settled, account: Settings, stamp: Change): Promise<void> => {
  const writes = new Transaction(table());
  putSession(writes, known.session, next.session);
  if (next.invoice !== undefined && known.invoice !== undefined) {
    const applied = next.onInvoice && { ...stamp, version: next.invoice.version };
    putHeader(writes, known.invoice, next.invoice, applied);
    if (next.onInvoice !== undefined) putAppliedPayment(writes, known.invoice, next.onInvoice);
  }
  if (next.payment !== undefined) {
    const change = { ...stamp, version: next.payment.version };
    putRecord(writes, payments, known.payment, next.payment, {
      subject: next.payment.id,
      change: known.payment === undefined ? change : following(known.payment, change),
    });
    if (next.payment.status === 'succeeded')
      await addReceipt(writes, account, next.payment, next.invoice ?? known.invoice, stamp.at);
  }
  await writes.commit();
};

/**
 * Writes what the provider's word on a session makes of it, once, however often it comes (ONL-3).
 * @throws Stale when the time is up
 */
export const settleSession = (ids: SessionIds, state: SessionState, bringer: Bringer): Promise<void> =>
  untilWritten(async () => {
    const { at, source, requestId } = bringer;
    const [known, account] = await Promise.all([read(ids), accountSettings(ids.accountId)]);
    if (known === undefined) return;
    const today = dayIn(account.timeZone, at);
    const next = settled(known, state, { stamp: { at, by: buyer }, today, shards: account.shards });
    if (next === undefined) return;
    const { id: paymentId, amount } = next.payment ?? known.session;
    const stamp: Change = {
      ...{ id: newId('his', at), at, action: next.action ?? 'updated', actor: buyer, source, requestId },
      ...{ paymentId, amount },
    };
    await write(known, next, account, stamp);
  }, bringer);
