import { compareAmounts, isZero, minus, plus } from '#lib/domain/money.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import type { Invoice, InvoiceHeader, Stamp } from './invoice.ts';
import { refuseIf, whyNotPaid, whyNotVoided } from './refusals.ts';
import { nextWrite } from './write.ts';

/** What money and voiding do to a finalized invoice. */

/** What a payment puts on an invoice. */
type PutOn = {
  amount: string;
  online: boolean;
  /** Whether nothing of this payment is on the invoice yet. */
  isFirst: boolean;
};

/**
 * The header with an amount paid: paid when the balance reaches zero, else still open (PAY-5).
 * @throws Refusal by status (PAY-9), then payment_exceeds_balance (PAY-3)
 */
export const withPayment = (invoice: InvoiceHeader, payment: PutOn, stamp: Stamp): InvoiceHeader => {
  refuseIf(whyNotPaid(invoice));
  if (compareAmounts(payment.amount, invoice.balanceDue) > 0)
    throw new Refusal('payment_exceeds_balance', {
      detail: `The balance due is ${invoice.balanceDue} ${invoice.currency}.`,
    });
  const balanceDue = minus(invoice.balanceDue, payment.amount, invoice.currency);
  const write = nextWrite(invoice, stamp);
  return {
    ...invoice,
    ...write,
    ...(isZero(balanceDue) && { status: 'paid', paidAt: write.updatedAt }),
    amountPaid: plus(invoice.amountPaid, payment.amount, invoice.currency),
    balanceDue,
    paymentCount: invoice.paymentCount + (payment.isFirst ? 1 : 0),
    hadOnlinePayment: invoice.hadOnlinePayment || payment.online,
  };
};

/** The header with a payment taken off: its amount is owed again, and a paid invoice is open again (PAY-7). */
export const withoutPayment = (invoice: InvoiceHeader, amount: string, stamp: Stamp): InvoiceHeader => ({
  ...invoice,
  ...nextWrite(invoice, stamp),
  status: 'open',
  paidAt: undefined,
  amountPaid: minus(invoice.amountPaid, amount, invoice.currency),
  balanceDue: plus(invoice.balanceDue, amount, invoice.currency),
  paymentCount: invoice.paymentCount - 1,
});

/**
 * The invoice as voided: for good, its number stays used, its PDF is made anew with the mark (VOID-1, VOID-4).
 * @throws Refusal (VOID-1 to VOID-3)
 */
export const voided = (invoice: Invoice, stamp: Stamp): Invoice => {
  refuseIf(whyNotVoided(invoice));
  const write = nextWrite(invoice, stamp);
  return {
    ...invoice,
    ...write,
    status: 'voided',
    voidedAt: write.updatedAt,
    documentVersion: invoice.documentVersion + 1,
  };
};
