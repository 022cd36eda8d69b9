import type { ChangeAction } from '#lib/domain/change.ts';
import type { Stamp } from '#lib/domain/invoice/invoice.ts';
import { compareAmounts, minus, zeroOf } from '#lib/domain/money.ts';
import { changedPayment, type Payment } from '#lib/domain/payment.ts';

/** Refunds and disputes at the provider: they show on the payment, and its invoices stay what they were (ONL-5). */

/** What the provider says: refunded in all so far; or a dispute and how it stands. */
export type GivingBack =
  | { kind: 'refund'; refunded: string }
  | { kind: 'dispute'; id: string; status: 'open' | 'won' | 'lost'; amount: string };

export type GivenBack = { payment: Payment; action: ChangeAction; amount: string };

const statusOf = ({ amount, refunded, disputeStatus }: Payment): Payment['status'] => {
  if (disputeStatus === 'open' || disputeStatus === 'lost') return 'disputed';
  return refunded !== undefined && compareAmounts(refunded, amount) >= 0 ? 'refunded' : 'succeeded';
};

const next = (payment: Payment, more: Partial<Payment>, stamp: Stamp): Payment => {
  const changed = changedPayment(payment, more, stamp.at);
  return { ...changed, status: statusOf(changed) };
};

/** What of an unapplied rest is left to apply once so much was given back. */
const restAfter = ({ unapplied, currency }: Payment, given: string): string =>
  compareAmounts(given, unapplied) >= 0 ? zeroOf(currency) : minus(unapplied, given, currency);

/** The payment with it; undefined where nothing is new, in whatever order and however often it is told. */
export const givenBack = (payment: Payment, told: GivingBack, stamp: Stamp): GivenBack | undefined => {
  if (told.kind === 'refund') {
    const before = payment.refunded ?? zeroOf(payment.currency);
    if (compareAmounts(told.refunded, before) <= 0) return undefined;
    const amount = minus(told.refunded, before, payment.currency);
    const more = { refunded: told.refunded, unapplied: restAfter(payment, amount) };
    return { payment: next(payment, more, stamp), action: 'payment_refunded', amount };
  }
  const { id: disputeId, status: disputeStatus, amount } = told;
  const isKnown = payment.disputeId === disputeId;
  // A dispute that is closed stays so.
  if (isKnown && (payment.disputeStatus !== 'open' || disputeStatus === 'open')) return undefined;
  return {
    payment: next(payment, { disputeId, disputeStatus }, stamp),
    action: 'payment_disputed',
    amount,
  };
};
