import * as z from 'zod';
import { shown } from '#functions/http/answer.ts';
import type { Settings } from '#lib/domain/account/settings.ts';
import { actor } from '#lib/domain/actor.ts';
import { currency } from '#lib/domain/codes.ts';
import { dayIn } from '#lib/domain/day.ts';
import { id, instant, money, nullableShape } from '#lib/domain/fields.ts';
import { derivedOf } from '#lib/domain/invoice/derive.ts';
import {
  type Invoice,
  type InvoiceHeader,
  invoiceSources,
  invoiceStatuses,
  isFinalized,
} from '#lib/domain/invoice/invoice.ts';
import { discountAnswer, feeAnswer, lineItemAnswer, taxGroupAnswer } from '#lib/domain/invoice/line-item.ts';
import { detailsAnswerShape, storedCustomProperties, writtenHeader } from '#lib/domain/invoice/properties.ts';
import { actionsOf, invoiceActions } from '#lib/domain/invoice/refusals.ts';
import { slugOf } from '#lib/domain/link.ts';
import type { Counter } from '#lib/domain/numbering.ts';
import { buyerShape, sellerShape } from '#lib/domain/party.ts';
import { paymentMethods } from '#lib/domain/payment-method.ts';
import { refusalCodes } from '#lib/domain/refusal.ts';
import { linkToken } from '#lib/tokens/link-token.ts';
import type { Secrets } from '#lib/tokens/secrets.ts';

/** An invoice as the API shows it. */

/** The header's properties: those of lists. */
const headerShape = {
  id: id('inv'),
  type: z.literal('380'),
  status: z.enum(invoiceStatuses),
  version: z.int(),
  documentVersion: z.int(),
  currency: currency(),
  source: z.enum(invoiceSources),
  ...nullableShape(writtenHeader),
  customProperties: storedCustomProperties,
  clonedFrom: id('inv').nullable(),
  number: z.string().nullable(),
  subtotal: money(),
  discountTotal: money(),
  feeTotal: money(),
  taxTotal: money(),
  taxTotalAccounting: money().nullable(),
  total: money(),
  amountPaid: money(),
  balanceDue: money(),
  overdue: z.boolean(),
  daysOverdue: z.int(),
  partiallyPaid: z.boolean(),
  buyerName: z.string().nullable(),
  buyerEmail: z.string().nullable(),
  createdAt: instant(),
  createdBy: actor,
  updatedAt: instant(),
  updatedBy: actor,
  finalizedAt: instant().nullable(),
  paidAt: instant().nullable(),
  voidedAt: instant().nullable(),
  lastSentAt: instant().nullable(),
  lastViewedAt: instant().nullable(),
};

/** A row of a list. */
export const invoiceRow = z.object(headerShape).meta({ id: 'InvoiceRow' });

const refusal = z.enum(refusalCodes).nullable();
/** The whole invoice. */
export const invoiceAnswer = z
  .object({
    ...headerShape,
    ...detailsAnswerShape,
    lineItems: z.array(lineItemAnswer),
    discounts: z.array(discountAnswer),
    fees: z.array(feeAnswer),
    taxes: z.array(taxGroupAnswer),
    seller: z
      .object({
        name: z.string(),
        brandColor: z.string().nullable(),
        ...nullableShape(sellerShape('answer')),
      })
      .nullable(),
    buyer: z
      .object({
        name: z.string(),
        email: z.string().nullable(),
        phone: z.string().nullable(),
        contactId: z.string().nullable(),
        companyId: z.string().nullable(),
        ...nullableShape(buyerShape('answer')),
      })
      .nullable(),
    payments: z.array(
      z.object({
        id: id('pay'),
        amount: money(),
        date: z.string(),
        method: z.enum(paymentMethods),
        reference: z.string().nullable(),
        online: z.boolean(),
      }),
    ),
    link: z.string().nullable(),
    actions: z.object(
      Object.fromEntries(invoiceActions.map((action) => [action, refusal])) as Record<
        (typeof invoiceActions)[number],
        typeof refusal
      >,
    ),
    warnings: z.array(z.object({ code: z.string(), detail: z.string() })),
    changes: z
      .array(z.object({ property: z.string(), from: z.unknown(), to: z.unknown() }))
      .optional()
      .meta({ description: 'After an edit: what changed.' }),
    changeMessage: z
      .object({ subject: z.string(), body: z.string() })
      .optional()
      .meta({ description: 'After an edit: a text to tell the buyer, in the invoice’s language.' }),
  })
  .meta({ id: 'Invoice' });

/** What the header does not say by itself: where the link points, what is today, and where the next number stands. */
export type ShownBy = {
  account: Settings;
  now: string;
  secrets: Secrets;
  baseUrl: string;
  counter: Counter | undefined;
};

const todayOf = ({ account, now }: Pick<ShownBy, 'account' | 'now'>): string => dayIn(account.timeZone, now);

/** A header as a row of a list. */
export const showRow = (
  header: InvoiceHeader,
  by: Pick<ShownBy, 'account' | 'now'>,
): z.output<typeof invoiceRow> =>
  shown(invoiceRow, {
    ...header,
    customProperties: header.customProperties ?? {},
    ...derivedOf(header, todayOf(by)),
  });

/** The address of the invoice's own link; null for a draft. */
export const linkOf = (
  header: InvoiceHeader,
  { secrets, baseUrl }: Pick<ShownBy, 'secrets' | 'baseUrl'>,
): string | null => {
  if (!isFinalized(header)) return null;
  const { accountId, id: invoiceId, linkId } = header;
  return `${baseUrl}/i/${linkToken({ accountId, invoiceId, linkId }, secrets.links)}/${slugOf(header)}`;
};

/** The whole invoice as the API shows it. */
export const showInvoice = (
  invoice: Invoice,
  by: ShownBy,
  warnings: { code: string; detail: string }[] = [],
): z.output<typeof invoiceAnswer> =>
  shown(invoiceAnswer, {
    ...invoice,
    customProperties: invoice.customProperties ?? {},
    ...derivedOf(invoice, todayOf(by)),
    link: linkOf(invoice, by),
    actions: actionsOf(invoice, by.account, by.now, by.counter),
    warnings,
  });
