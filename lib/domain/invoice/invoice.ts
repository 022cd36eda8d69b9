import * as z from 'zod';
import { type Actor, actor } from '#lib/domain/actor.ts';
import { currency } from '#lib/domain/codes.ts';
import { optionalShape } from '#lib/domain/fields.ts';
import { frozenBuyer, frozenSeller } from '#lib/domain/party.ts';
import { paymentMethods } from '#lib/domain/payment-method.ts';
import { type LineItem, storedDiscount, storedFee, storedTaxGroup } from './line-item.ts';
import { storedCustomProperties, storedDetailsShape, writtenHeader } from './properties.ts';

/** LIFE-2: the only statuses there are. */
export const invoiceStatuses = ['draft', 'open', 'paid', 'voided'] as const;
export type InvoiceStatus = (typeof invoiceStatuses)[number];
export const invoiceSources = ['api', 'subscription', 'clone'] as const;

/** When something was done, and by whom. */
export type Stamp = { at: string; by: Actor };

/** What is sorted, filtered and listed: 16 KB at most, copied into each index. Amounts are decimal strings. */
export const storedHeader = z.object({
  id: z.string(),
  accountId: z.string(),
  /** Shard of the index partitions that the invoice lies in; given at creation, never changed. */
  shard: z.number(),
  type: z.literal('380'),
  status: z.enum(invoiceStatuses),
  version: z.number(),
  /** Rises with each write, those that leave the version alone included; the store counts it, 0 is not stored yet. */
  revision: z.number(),
  /** Revisions of the details and of the lines that belong to this header, by the store: a torn read shows. */
  detailsRevision: z.number(),
  linesRevision: z.number(),
  /** Rises with finalizing, edits and voiding; names the PDF. 0 for a draft. */
  documentVersion: z.number(),
  currency: currency(),
  source: z.enum(invoiceSources),
  ...optionalShape(writtenHeader),
  customProperties: storedCustomProperties.optional(),
  clonedFrom: z.string().optional(),
  number: z.string().optional(),
  /** The counter's value and run that made the number. */
  counter: z.number().optional(),
  run: z.number().optional(),
  /** Link that is made at finalizing. */
  linkId: z.string().optional(),
  /** The account's payment term at finalizing, where the due date follows from it: nobody gave a date or a term. */
  followedTermDays: z.number().optional(),
  lineCount: z.number(),
  subtotal: z.string(),
  discountTotal: z.string(),
  feeTotal: z.string(),
  taxTotal: z.string(),
  taxTotalAccounting: z.string().optional(),
  total: z.string(),
  amountPaid: z.string(),
  balanceDue: z.string(),
  /** Payments on it now; and whether one was ever made online (VOID-2 outlives a refund). */
  paymentCount: z.number(),
  hadOnlinePayment: z.boolean(),
  /** The buyer's session with the payment provider, while there is one; `processing`: its money is on its way. */
  paySessionId: z.string().optional(),
  payState: z.enum(['open', 'processing']).optional(),
  buyerName: z.string().optional(),
  buyerEmail: z.string().optional(),
  createdAt: z.string(),
  createdBy: actor,
  updatedAt: z.string(),
  updatedBy: actor,
  finalizedAt: z.string().optional(),
  paidAt: z.string().optional(),
  voidedAt: z.string().optional(),
  lastSentAt: z.string().optional(),
  lastViewedAt: z.string().optional(),
});
export type InvoiceHeader = z.infer<typeof storedHeader>;

/** Long and nested parts, read with the invoice only. */
export const storedDetails = z.object({
  ...storedDetailsShape,
  discounts: z.array(storedDiscount),
  fees: z.array(storedFee),
  taxes: z.array(storedTaxGroup),
  /** Currency of `taxTotalAccounting`: the account's when the amounts were computed. */
  accountingCurrency: z.string().optional(),
  seller: frozenSeller.optional(),
  buyer: frozenBuyer.optional(),
});
export type InvoiceDetails = z.infer<typeof storedDetails>;

/** The part of a payment that is applied to this invoice. */
export const appliedPayment = z.object({
  id: z.string(),
  amount: z.string(),
  date: z.string(),
  method: z.enum(paymentMethods),
  reference: z.string().optional(),
  online: z.boolean(),
  appliedAt: z.string(),
});
export type AppliedPayment = z.infer<typeof appliedPayment>;

/** An invoice as the rules see it. */
export type Invoice = InvoiceHeader & InvoiceDetails & { lineItems: LineItem[]; payments: AppliedPayment[] };

/** What finalizing adds for good. */
export type FinalizedHeader = InvoiceHeader & {
  status: 'open' | 'paid' | 'voided';
  number: string;
  counter: number;
  run: number;
  linkId: string;
  invoiceDate: string;
  dueDate: string;
  finalizedAt: string;
  language: string;
  locale: string;
};

/** Whether the invoice has its number: it is open, paid or voided. */
export const isFinalized = <T extends InvoiceHeader>(invoice: T): invoice is T & FinalizedHeader =>
  invoice.status !== 'draft';
