import * as z from 'zod';
import { actor } from './actor.ts';
import { laterOf } from './change.ts';
import { paymentMethods } from './payment-method.ts';

/** One recorded by hand has succeeded; one made online may be on its way, fail, go back or be disputed (ONL-4, ONL-5). */
export const paymentStatuses = ['processing', 'succeeded', 'failed', 'refunded', 'disputed'] as const;

/** A payment is a record of its own, with applications to invoices (PAY-1 to PAY-3). */
export const storedPayment = z.object({
  id: z.string(),
  accountId: z.string(),
  /** Shard of the lists that it lies in. */
  shard: z.number(),
  amount: z.string(),
  /** What of the amount is not applied to an invoice yet. */
  unapplied: z.string(),
  currency: z.string(),
  date: z.string(),
  method: z.enum(paymentMethods),
  reference: z.string().optional(),
  note: z.string().optional(),
  contactId: z.string().optional(),
  online: z.boolean(),
  status: z.enum(paymentStatuses),
  /** What the provider gave back so far (ONL-5). */
  refunded: z.string().optional(),
  /** The dispute at the provider, by its id there. */
  disputeId: z.string().optional(),
  disputeStatus: z.enum(['open', 'won', 'lost']).optional(),
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

/** The payment as changed at `at`, with its next version; the time of its last change never runs back. */
export const changedPayment = (payment: Payment, more: Partial<Payment>, at: string): Payment => ({
  ...payment,
  ...more,
  version: payment.version + 1,
  updatedAt: laterOf(payment.updatedAt, at),
});
