import type { Settings } from '#lib/domain/account/settings.ts';
import { parseDecimal } from '#lib/domain/decimal.ts';
import { amount } from '#lib/domain/fields.ts';
import { type FinalizedHeader, isFinalized } from '#lib/domain/invoice/invoice.ts';
import { refuseIf, whyNotPaid } from '#lib/domain/invoice/refusals.ts';
import { compareAmounts, fitsCurrency, isZero, writeAmount } from '#lib/domain/money.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { chargeOf } from './limits.ts';
import { typedAmount } from './typed-amount.ts';

/** What a buyer can pay online, and whether (ONL-1, ONL-7). */

type Payable = Pick<FinalizedHeader, 'status' | 'balanceDue' | 'allowOnlinePayment' | 'payState'>;

const takesOnline = (invoice: Payable, { onlinePayment }: Pick<Settings, 'onlinePayment'>): boolean =>
  onlinePayment !== undefined && onlinePayment.provider !== 'none' && invoice.allowOnlinePayment === true;

/** Whether the page offers to pay. */
export const isPayableOnline = (invoice: Payable, account: Pick<Settings, 'onlinePayment'>): boolean =>
  takesOnline(invoice, account) &&
  invoice.status === 'open' &&
  invoice.payState !== 'processing' &&
  !isZero(invoice.balanceDue);

const faulty = (code: string, detail: string): Refusal =>
  new Refusal('invalid_request', { errors: [{ pointer: '/amount', code, detail }] });

/** An amount as the buyer typed it, within the bounds of every amount. */
const read = (typed: string): string => {
  const { data } = amount().safeParse(typedAmount(typed)?.replace(/^0+(?=[0-9])/, ''));
  if (data === undefined)
    throw faulty('invalid_amount', 'must be an amount that can be read in one way, as 1234.50');
  return data;
};

/** The balance, or the part of it that the buyer chose. */
const amountChosen = (invoice: FinalizedHeader, typed: string | undefined): string => {
  if (typed === undefined) return invoice.balanceDue;
  const given = read(typed);
  if (isZero(given)) throw faulty('too_small', 'must be above zero');
  if (!fitsCurrency(given, invoice.currency)) throw faulty('too_many_decimals', 'has too many decimals');
  const amount = writeAmount(parseDecimal(given), invoice.currency);
  const difference = compareAmounts(amount, invoice.balanceDue);
  if (difference < 0 && invoice.allowPartialPayments !== true)
    throw faulty('partial_not_allowed', 'only the whole balance can be paid');
  if (difference > 0)
    throw new Refusal('payment_exceeds_balance', {
      detail: `The balance due is ${invoice.balanceDue} ${invoice.currency}.`,
    });
  return amount;
};

/** @throws Refusal not_found where nothing can be paid online; by status (PAY-9) and payment_processing */
export const refuseUnpayable = (invoice: FinalizedHeader, account: Pick<Settings, 'onlinePayment'>): void => {
  if (!isFinalized(invoice) || !takesOnline(invoice, account)) throw new Refusal('not_found');
  refuseIf(whyNotPaid(invoice));
};

/**
 * What the provider is to charge, by the amount that the buyer typed.
 * @throws Refusal invalid_request, payment_exceeds_balance, amount_not_payable_online
 */
export const checkout = (
  invoice: FinalizedHeader,
  typed: string | undefined,
): { amount: string; units: number } => {
  const amount = amountChosen(invoice, typed);
  const { units, fault } = chargeOf(amount, invoice.currency);
  if (fault !== undefined) throw new Refusal('amount_not_payable_online', { detail: fault });
  return { amount, units };
};
