import * as z from 'zod';
import { actor } from './actor.ts';
import { compareAmounts, isZero, minus } from './money.ts';
import { paymentMethods } from './payment-method.ts';
import { Refusal } from './refusal.ts';

/** A payment is a record of its own, with applications to invoices (PAY-1 to PAY-3). */
export const storedPayment = z.object({
  id: z.string(),
  accountId: z.string(),
  amount: z.string(),
  /** What of the amount is not applied to an invoice yet. */
  unapplied: z.string(),
  currency: z.string(),
  date: z.string(),
  method: z.enum(paymentMethods),
  reference: z.string().optional(),
  note: z.string().optional(),
  contactId: z.string().optional(),
  contactEmail: z.string().optional(),
  online: z.boolean(),
  status: z.enum(['succeeded', 'refunded', 'disputed']),
  applications: z.array(z.object({ invoiceId: z.string(), number: z.string(), amount: z.string() })),
  version: z.number(),
  revision: z.number(),
  createdAt: z.string(),
  createdBy: actor,
  updatedAt: z.string(),
});
export type Payment = z.infer<typeof storedPayment>;

/** A payment may be spread over at most 40 invoices (PAY-3). */
export const maxApplications = 40;

/**
 * The payment with a part of it applied to an invoice.
 * @throws Refusal currency_mismatch (PAY-4), payment_exceeds_unapplied (PAY-3)
 */
export const applied = (
  payment: Payment,
  invoice: { id: string; number: string; currency: string },
  amount: string,
): Payment => {
  if (payment.currency !== invoice.currency)
    throw new Refusal('currency_mismatch', { detail: `The invoice is in ${invoice.currency}.` });
  if (isZero(amount) || compareAmounts(amount, payment.unapplied) > 0)
    throw new Refusal('payment_exceeds_unapplied', {
      detail: `${payment.unapplied} ${payment.currency} are unapplied.`,
    });
  return {
    ...payment,
    unapplied: minus(payment.unapplied, amount, payment.currency),
    applications: [...payment.applications, { invoiceId: invoice.id, number: invoice.number, amount }],
  };
};
