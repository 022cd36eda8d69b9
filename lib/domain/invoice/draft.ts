import * as z from 'zod';
import { currency } from '#lib/domain/codes.ts';
import { nullishShape, refuse } from '#lib/domain/fields.ts';
import { mergePatch, type NoNulls, patchOf, withoutNulls } from '#lib/domain/patch.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { computeTotals } from '#lib/domain/totals.ts';
import type { Invoice, InvoiceDetails, InvoiceHeader } from './invoice.ts';
import type { DocumentDiscount, Fee, LineItem, LineTax } from './line-item.ts';
import { writtenDetails, writtenHeader, writtenShape } from './properties.ts';

/** What a client writes on an invoice, and the invoice that comes of it. */

/** What two fields say together is looked at beside faults of others, so that all are told at once (API-1). */
const beside = { when: ({ value }: { value: unknown }) => typeof value === 'object' && value !== null };

type Alternatives = Record<'dueDate' | 'paymentTermDays' | 'taxPointDate' | 'taxPointCode', unknown>;

/** Of the term and the due date, and of the tax point's date and its code (EN 16931, BR-CO-03), there is one at most. */
const consistent = (body: Partial<Alternatives>, ctx: z.RefinementCtx) => {
  if (body.dueDate != null && body.paymentTermDays != null)
    refuse(ctx, 'excludes_due_date', 'can’t be given together with dueDate', ['paymentTermDays']);
  if (body.taxPointDate != null && body.taxPointCode != null)
    refuse(ctx, 'excludes_tax_point_date', 'can’t be given together with taxPointDate', ['taxPointCode']);
};

/** The sources that a client can name. */
const source = z.enum(['api', 'subscription']);

/** The body of `POST /v1/invoices`: only the currency is needed (LIFE-1). */
export const invoiceRequest = z
  .strictObject({
    currency: currency(),
    source: source.nullish(),
    ...nullishShape(writtenShape),
  })
  .superRefine(consistent, beside)
  .superRefine((body, ctx) => {
    if ((body.source === 'subscription') !== (body.subscriptionId != null))
      refuse(ctx, 'subscription_mismatch', 'goes with the source subscription, and with it alone', [
        'subscriptionId',
      ]);
  }, beside);
export type WrittenInvoice = NoNulls<z.infer<typeof invoiceRequest>>;

/** The body of `PATCH /v1/invoices/{invoiceId}`: a merge patch of the same. */
export const invoicePatch = patchOf({ currency: currency(), ...writtenShape })
  .extend({ source: source.optional(), refreshSeller: z.boolean().optional() })
  .superRefine(consistent, beside)
  .superRefine(({ period: given }, ctx) => {
    // What a patch gives of a period is seen here where it gives both days, else when it is merged.
    if (given?.start != null && given.end != null && given.end < given.start)
      refuse(ctx, 'before_start', 'is before the start', ['period', 'end']);
  }, beside);
export type InvoicePatch = z.infer<typeof invoicePatch>;

/** The source as its client can name it: a clone comes from the API, too. */
export const writtenSource = ({ source }: Pick<Invoice, 'source'>) => (source === 'clone' ? 'api' : source);

/** What of an invoice its client wrote. */
export const writtenOf = (invoice: Invoice): WrittenInvoice => {
  const own = Object.fromEntries(
    [...Object.keys(writtenHeader), ...Object.keys(writtenDetails), 'customProperties', 'currency'].map(
      (key) => [key, invoice[key as keyof Invoice]],
    ),
  );
  return withoutNulls({
    ...own,
    // What follows from a term is not written: a finalized invoice has both.
    dueDate:
      invoice.paymentTermDays === undefined && invoice.followedTermDays === undefined
        ? invoice.dueDate
        : undefined,
    source: writtenSource(invoice),
    lineItems: invoice.lineItems.map(({ id: _id, amount: _amount, ...line }) => line),
    discounts: invoice.discounts.map(({ amount: _amount, parts: _parts, ...discount }) => discount),
    fees: invoice.fees.map(({ amount: _amount, ...fee }) => fee),
  }) as WrittenInvoice;
};

/**
 * The written invoice with a merge patch applied. What excludes each other replaces each other: the due date and the
 * payment term, the tax point's date and its code.
 * @throws Refusal (invalid_request) when the whole is faulty, with pointers
 */
export const patched = (
  written: WrittenInvoice,
  patch: InvoicePatch,
  parse: (schema: z.ZodType, value: unknown) => unknown,
): WrittenInvoice => {
  const base = { ...written };
  if (patch.paymentTermDays != null) delete base.dueDate;
  if (patch.dueDate != null) delete base.paymentTermDays;
  if (patch.taxPointCode != null) delete base.taxPointDate;
  if (patch.taxPointDate != null) delete base.taxPointCode;
  return withoutNulls(parse(invoiceRequest, mergePatch(base, patch))) as WrittenInvoice;
};

type Context = {
  defaultTax: LineTax;
  accountingCurrency: string;
  newLineId: () => string;
  previousLineIds: string[];
};

/** All parts of an invoice that follow from what was written: lines, discounts, fees and the amounts (TOT-2, TOT-4). */
export type Content = Pick<InvoiceHeader, 'lineCount' | AmountProperty> &
  Pick<InvoiceDetails, 'discounts' | 'fees' | 'taxes' | 'accountingCurrency'> & { lineItems: LineItem[] };
type AmountProperty = 'subtotal' | 'discountTotal' | 'feeTotal' | 'taxTotal' | 'taxTotalAccounting' | 'total';

/**
 * Lines with their defaults and amounts, and the totals.
 * @throws Refusal (invalid_request) for what only arithmetic can see, all at once with pointers (TOT-6)
 */
export const contentOf = (written: WrittenInvoice, context: Context): Content => {
  const lines = (written.lineItems ?? []).map((line) => ({ ...line, tax: line.tax ?? context.defaultTax }));
  const discounts = written.discounts ?? [];
  const fees = (written.fees ?? []).map((fee) => ({ ...fee, tax: fee.tax ?? context.defaultTax }));
  const result = computeTotals({
    currency: written.currency,
    accountingCurrency: context.accountingCurrency,
    exchangeRate: written.exchangeRate,
    lineItems: lines,
    discounts,
    fees,
  });
  if (!result.ok) throw new Refusal('invalid_request', { errors: result.faults });
  const { lineAmounts, feeAmounts, discounts: discountAmounts, taxes, ...totals } = result.totals;
  return {
    ...totals,
    accountingCurrency: totals.taxTotalAccounting === undefined ? undefined : context.accountingCurrency,
    taxes: taxes.map((tax) => ({ ...tax })),
    lineCount: lines.length,
    lineItems: lines.map(
      (line, index): LineItem => ({
        ...line,
        id: context.previousLineIds[index] ?? context.newLineId(),
        unit: line.unit ?? 'C62',
        amount: lineAmounts[index] as string,
      }),
    ),
    discounts: discounts.map((discount, index): DocumentDiscount => {
      const { amount, parts } = discountAmounts[index] as (typeof discountAmounts)[number];
      return { ...discount, amount, parts: parts.map((part) => ({ ...part })) };
    }),
    fees: fees.map((fee, index): Fee => ({ ...fee, amount: feeAmounts[index] as string })),
  };
};
