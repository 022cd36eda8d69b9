import { applyPayment } from '#lib/domain/apply-payment.ts';
import type { ChangeAction } from '#lib/domain/change.ts';
import {
  type AppliedPayment,
  type InvoiceHeader,
  isFinalized,
  type Stamp,
} from '#lib/domain/invoice/invoice.ts';
import { zeroOf } from '#lib/domain/money.ts';
import { changedPayment, type Payment } from '#lib/domain/payment.ts';
import { shardOf } from '#lib/domain/shard.ts';
import { dueAgain, type PaymentSession, type SessionMoney, type SessionState } from './session.ts';

/** What a provider's word on a session makes of the session, the invoice and the payment (ONL-3, ONL-4, EDIT-7). */

export type Known = {
  session: PaymentSession;
  /** The invoice as it is now, if there is one. */
  invoice: InvoiceHeader | undefined;
  /** The payment that the session came to before. */
  payment: Payment | undefined;
};
export type Settling = { stamp: Stamp; today: string; shards: number };

/** What is to be written; what is not named stays as it is. */
export type Settled = {
  session: PaymentSession;
  invoice?: InvoiceHeader;
  payment?: Payment;
  onInvoice?: AppliedPayment;
  /** What the history calls it. */
  action?: ChangeAction;
};

/** The header without a session: the next may begin. */
export const withoutSession = (invoice: InvoiceHeader): InvoiceHeader => ({
  ...invoice,
  paySessionId: undefined,
  payState: undefined,
});

const isOf = (session: PaymentSession, invoice: InvoiceHeader | undefined): invoice is InvoiceHeader =>
  invoice?.paySessionId === session.id;

const over = (session: PaymentSession): PaymentSession => ({ ...session, status: 'over' });

const received = (session: PaymentSession, money: SessionMoney, given: Settling): Payment => ({
  ...{ id: session.id, accountId: session.accountId, shard: shardOf(session.id, given.shards) },
  ...{ amount: money.amount, unapplied: zeroOf(money.currency), currency: money.currency },
  ...{ date: given.today, method: money.method, reference: money.paymentId, contactId: session.contactId },
  ...{ online: true, status: 'processing', applications: [] },
  ...{ version: 0, revision: 0, createdAt: given.stamp.at, createdBy: given.stamp.by },
  updatedAt: given.stamp.at,
});

/** Whether the invoice is still what the buyer saw, and takes all of the money. */
const isAsSeen = ({ session, invoice }: Known, money: SessionMoney): boolean =>
  isOf(session, invoice) &&
  invoice.status === 'open' &&
  invoice.documentVersion === session.documentVersion &&
  invoice.balanceDue === session.balanceDue &&
  money.amount === session.amount &&
  money.currency === invoice.currency;

/** The money is here: on the invoice if that is what the buyer saw, else kept as an unapplied payment (EDIT-7). */
const paid = (known: Known, money: SessionMoney, given: Settling): Settled => {
  const { session, invoice, payment: before } = known;
  const { stamp } = given;
  const payment = changedPayment(
    before ?? received(session, money, given),
    { status: 'succeeded', unapplied: money.amount, reference: money.paymentId },
    stamp.at,
  );
  const settled = { session: over(session), action: 'payment_recorded' as const };
  if (!isAsSeen(known, money) || invoice === undefined || !isFinalized(invoice)) {
    const freed = isOf(session, invoice) && { invoice: withoutSession(invoice) };
    return { ...settled, ...freed, payment };
  }
  const free = { ...invoice, ...withoutSession(invoice) };
  const applied = applyPayment(free, payment, payment.amount, stamp);
  return {
    ...settled,
    invoice: applied.invoice,
    payment: { ...applied.payment, version: payment.version },
    onInvoice: applied.onInvoice,
  };
};

const onItsWay = ({ session, invoice }: Known, money: SessionMoney, given: Settling): Settled => ({
  session: {
    ...session,
    status: 'processing',
    providerPaymentId: money.paymentId,
    dueAt: dueAgain('processing', given.stamp.at),
  },
  ...(isOf(session, invoice) && { invoice: { ...invoice, payState: 'processing' } }),
  payment: changedPayment(received(session, money, given), {}, given.stamp.at),
  action: 'payment_recorded',
});

const failed = ({ session, invoice, payment }: Known, money: SessionMoney, given: Settling): Settled => ({
  session: over(session),
  ...(isOf(session, invoice) && { invoice: withoutSession(invoice) }),
  payment: changedPayment(payment ?? received(session, money, given), { status: 'failed' }, given.stamp.at),
  action: payment === undefined ? 'payment_recorded' : 'updated',
});

/** Where the money stands already; it only goes on from there. */
const rank = { none: 0, processing: 1, failed: 2, succeeded: 3, refunded: 3, disputed: 3 } as const;
const rankOf = { processing: 1, failed: 2, paid: 3 } as const;

/**
 * What is to be written, or undefined where the provider says nothing new: told twice, late or out of order, money
 * takes effect once.
 */
export const settled = (known: Known, state: SessionState, given: Settling): Settled | undefined => {
  const { session, invoice, payment } = known;
  if (state.status === 'open' || state.status === 'unknown') return undefined;
  if (state.status === 'expired') {
    // Only a session that came to nothing can expire.
    if (payment !== undefined || session.status !== 'open') return undefined;
    return { session: over(session), ...(isOf(session, invoice) && { invoice: withoutSession(invoice) }) };
  }
  const { money } = state;
  const whole = { ...known, session: { ...session, providerPaymentId: money.paymentId } };
  if (rankOf[money.outcome] <= rank[payment?.status ?? 'none']) return undefined;
  if (money.outcome === 'paid') return paid(whole, money, given);
  return money.outcome === 'processing' ? onItsWay(whole, money, given) : failed(whole, money, given);
};
