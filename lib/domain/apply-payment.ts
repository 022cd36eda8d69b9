import { decimalsWritten, parseDecimal } from './decimal.ts';
import type { AppliedPayment, InvoiceHeader, Stamp } from './invoice/invoice.ts';
import { refuseIf, whyNotPaid } from './invoice/refusals.ts';
import { withoutPayment, withPayment } from './invoice/settle.ts';
import { compareAmounts, decimalsOf, isZero, minus, plus, writeAmount } from './money.ts';
import { changedPayment, maxApplications, type Payment } from './payment.ts';
import { type Fault, Refusal } from './refusal.ts';

/** A payment's money on an invoice: put on it, and taken off again (PAY-2, PAY-3, PAY-7). Both sides change together. */

type Payable = InvoiceHeader & { number: string };
type Sides = { invoice: InvoiceHeader; payment: Payment };

const fault = (pointer: string, code: string, detail: string): Refusal =>
  new Refusal('invalid_request', { errors: [{ pointer, code, detail } satisfies Fault] });

const smaller = (left: string, right: string): string => (compareAmounts(left, right) <= 0 ? left : right);

/** The amount to apply: the given one, else the smaller of balance and unapplied rest (PAY-2). */
const amountToApply = (invoice: Payable, payment: Payment, given: string | undefined): string => {
  if (given === undefined) return smaller(invoice.balanceDue, payment.unapplied);
  if (isZero(given)) throw fault('/amount', 'too_small', 'must be above zero');
  if (decimalsWritten(given) > decimalsOf(invoice.currency))
    throw fault(
      '/amount',
      'too_many_decimals',
      `${invoice.currency} has ${decimalsOf(invoice.currency)} decimals`,
    );
  return writeAmount(parseDecimal(given), invoice.currency);
};

const applicationsWith = (payment: Payment, invoice: Payable, amount: string): Payment['applications'] => {
  const known = payment.applications.find(({ invoiceId }) => invoiceId === invoice.id);
  if (known === undefined && payment.applications.length >= maxApplications)
    throw fault('/paymentId', 'too_many_applications', `is applied to ${maxApplications} invoices already`);
  const others = payment.applications.filter((one) => one !== known);
  const whole = known === undefined ? amount : plus(known.amount, amount, payment.currency);
  return [...others, { invoiceId: invoice.id, number: invoice.number, amount: whole }];
};

/** @throws Refusal currency_mismatch unless the invoice is in that currency (PAY-4) */
export const refuseOtherCurrency = (invoice: InvoiceHeader, currency: string): void => {
  if (currency !== invoice.currency)
    throw new Refusal('currency_mismatch', { detail: `The invoice is in ${invoice.currency}.` });
};

/**
 * Both sides with an amount of the payment applied to the invoice, and what the invoice lists of it in all.
 * @throws Refusal by the invoice's status (PAY-9), currency_mismatch (PAY-4), payment_exceeds_balance and
 *   payment_exceeds_unapplied (PAY-3), invalid_request for the amount or a 41st invoice
 */
export const applyPayment = (
  invoice: Payable,
  payment: Payment,
  given: string | undefined,
  stamp: Stamp,
): Sides & { onInvoice: AppliedPayment; amount: string } => {
  refuseIf(whyNotPaid(invoice));
  refuseOtherCurrency(invoice, payment.currency);
  const amount = amountToApply(invoice, payment, given);
  const isFirst = payment.applications.every(({ invoiceId }) => invoiceId !== invoice.id);
  const paid = withPayment(invoice, { amount, online: payment.online, isFirst }, stamp);
  if (isZero(amount) || compareAmounts(amount, payment.unapplied) > 0)
    throw new Refusal('payment_exceeds_unapplied', {
      detail: `${payment.unapplied} ${payment.currency} are unapplied.`,
    });
  const applications = applicationsWith(payment, invoice, amount);
  const { id, date, method, reference, online } = payment;
  return {
    invoice: paid,
    amount,
    payment: changedPayment(
      payment,
      { unapplied: minus(payment.unapplied, amount, payment.currency), applications },
      stamp.at,
    ),
    onInvoice: {
      ...{ id, date, method, reference, online },
      amount: applications.at(-1)?.amount ?? amount,
      appliedAt: stamp.at,
    },
  };
};

/**
 * Both sides with the payment taken off the invoice again; undefined where it is not on it.
 * @throws Refusal payment_is_online (PAY-8)
 */
export const takePaymentOff = (
  invoice: InvoiceHeader,
  payment: Payment,
  stamp: Stamp,
): (Sides & { amount: string }) | undefined => {
  const known = payment.applications.find(({ invoiceId }) => invoiceId === invoice.id);
  if (known === undefined) return undefined;
  if (payment.online) throw new Refusal('payment_is_online');
  return {
    invoice: withoutPayment(invoice, known.amount, stamp),
    amount: known.amount,
    payment: changedPayment(
      payment,
      {
        unapplied: plus(payment.unapplied, known.amount, payment.currency),
        applications: payment.applications.filter((one) => one !== known),
      },
      stamp.at,
    ),
  };
};
