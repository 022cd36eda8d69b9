import * as z from 'zod';
import { actor } from './actor.ts';
import { paymentMethods } from './payment-method.ts';

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
