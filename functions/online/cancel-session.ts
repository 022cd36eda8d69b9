import { paymentProvider } from '#functions/wiring/payments.ts';
import { table } from '#functions/wiring/table.ts';
import { readRecord } from '#lib/data/collection.ts';
import { putHeader, readHeader } from '#lib/data/invoices.ts';
import { noteOnSession, paymentSessions, putSession } from '#lib/data/payment-sessions.ts';
import { Stale, Transaction } from '#lib/data/transaction.ts';
import type { InvoiceHeader } from '#lib/domain/invoice/invoice.ts';
import type { PaymentSession, SessionMoney } from '#lib/domain/online/session.ts';
import { withoutSession } from '#lib/domain/online/settle.ts';
import { Refusal, type RefusalCode } from '#lib/domain/refusal.ts';

/** @throws Stale if the invoice is another by now: then what was found out is decided on anew */
const unlessMovedOn = async (invoice: InvoiceHeader, refusal: Refusal): Promise<Refusal> => {
  const present = await readHeader(table(), invoice.accountId, invoice.id);
  if (present?.revision !== invoice.revision) throw new Stale('the session came to something');
  return refusal;
};

const codeOf = (money: SessionMoney, whenPaid: RefusalCode): RefusalCode =>
  money.outcome === 'paid' ? whenPaid : 'payment_processing';

/** The sweeper looks after it at its next run: the message of what was paid may be lost. */
const hasten = async (session: PaymentSession): Promise<void> => {
  if (session.status === 'over') return;
  await noteOnSession(table(), session, { dueAt: session.createdAt });
};

/**
 * Cancels the payment that the buyer is in the middle of, before anything is written that changes what he pays for
 * (EDIT-5, EDIT-7). To be asked last, when nothing else stands in the way.
 * @throws Stale once it is cancelled, so that all is decided anew on the invoice without it; Refusal `whenPaid` or
 *   payment_processing if the payment went through first (EDIT-6); payment_provider_unavailable if nobody knows (ONL-4)
 */
export const cancelSession = async (invoice: InvoiceHeader, whenPaid: RefusalCode): Promise<void> => {
  const { accountId, id: invoiceId, paySessionId } = invoice;
  if (paySessionId === undefined) return;
  const session = await readRecord(table(), paymentSessions, accountId, invoiceId, paySessionId);
  if (session === undefined) throw new Error(`session ${paySessionId} is gone`);
  const provider = await paymentProvider();
  const state = await provider.expire({ id: session.providerId, account: session.providerAccount });
  if (state.status === 'complete') {
    await hasten(session);
    throw await unlessMovedOn(invoice, new Refusal(codeOf(state.money, whenPaid)));
  }
  if (state.status !== 'expired')
    throw await unlessMovedOn(invoice, new Refusal('payment_provider_unavailable', { retryAfter: 10 }));
  const writes = new Transaction(table());
  putHeader(writes, invoice, withoutSession(invoice), undefined);
  putSession(writes, session, { ...session, status: 'over' });
  await writes.commit();
  throw new Stale('the session is cancelled');
};
