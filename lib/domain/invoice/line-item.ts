import * as z from 'zod';
import { gtin, unitCode, vatexCode } from '#lib/domain/codes.ts';
import { parseDecimal } from '#lib/domain/decimal.ts';
import {
  amount,
  day,
  id,
  line,
  money,
  nullableShape,
  nullishShape,
  openPercent,
  optionalShape,
  percent,
  refuse,
  text,
  unitValue,
} from '#lib/domain/fields.ts';
import { allowsRate, taxCategories } from '#lib/domain/tax-category.ts';

/** Lines, discounts, fees and their taxes, in the three forms: request, stored, answer. */

const periodDays = { start: day(), end: day() };
/** A period of days, both included; the end is not before the start. */
export const period = z.strictObject(periodDays).superRefine(({ start, end }, ctx) => {
  if (end < start) refuse(ctx, 'before_start', 'is before the start', ['end']);
});

const taxTexts = {
  label: line(),
  exemptionReasonCode: vatexCode(),
  exemptionReason: line(),
};
const taxBase = { category: z.enum(taxCategories), rate: percent() };

/** A tax category of EN 16931 and its rate in percent; the categories without tax have the rate 0. */
export const taxRequest = z
  .strictObject({ ...taxBase, ...nullishShape(taxTexts) })
  .superRefine(({ category, rate }, ctx) => {
    if (!allowsRate(category, parseDecimal(rate)))
      refuse(ctx, 'rate_not_allowed', `must be 0 for the category ${category}`, ['rate']);
  });
export const taxStored = z.object({ ...taxBase, ...optionalShape(taxTexts) });
export const taxAnswer = z.object({ ...taxBase, ...nullableShape(taxTexts) });
export type LineTax = z.infer<typeof taxStored>;
/** What a line without a tax has, where the account has no default: outside the scope of tax. */
export const outOfScope: LineTax = { category: 'O', rate: '0' };

const reduction = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('percent'), value: percent() }),
  z.strictObject({ type: z.literal('amount'), value: amount() }),
]);

const lineTexts = {
  description: text(),
  sku: line(),
  discount: reduction,
  period,
  standardId: gtin(),
  kind: z.enum(['goods', 'services']),
  note: text(),
};
const lineNeeds = {
  name: line(),
  quantity: unitValue(),
  unitPrice: unitValue(),
};

export const lineItemRequest = z.strictObject({
  ...lineNeeds,
  ...nullishShape({ ...lineTexts, unit: unitCode(), tax: taxRequest }),
});
export const storedLineItem = z.object({
  id: z.string(),
  ...lineNeeds,
  ...optionalShape(lineTexts),
  unit: z.string(),
  tax: taxStored,
  amount: z.string(),
});
export type LineItem = z.infer<typeof storedLineItem>;
export const lineItemAnswer = z.object({
  id: id('lin'),
  ...lineNeeds,
  ...nullableShape(lineTexts),
  unit: unitCode(),
  tax: taxAnswer,
  amount: money(),
});

const discountParts = z.array(
  z.object({
    category: z.enum(taxCategories),
    rate: z.string(),
    amount: money(),
  }),
);
const discountBase = { type: z.enum(['percent', 'amount']), value: z.string() };

/** A document discount: a percentage of the subtotal or an amount. */
export const discountRequest = z.discriminatedUnion('type', [
  z.strictObject({
    label: line().nullish(),
    type: z.literal('percent'),
    value: percent(),
  }),
  z.strictObject({
    label: line().nullish(),
    type: z.literal('amount'),
    value: amount(),
  }),
]);
export const storedDiscount = z.object({
  label: z.string().optional(),
  ...discountBase,
  amount: z.string(),
  parts: discountParts,
});
export type DocumentDiscount = z.infer<typeof storedDiscount>;
export const discountAnswer = z.object({
  label: line().nullable(),
  ...discountBase,
  amount: money(),
  parts: discountParts,
});

/** A fee: a percentage of the subtotal less the discounts, or an amount; it has a tax of its own. */
export const feeRequest = z.discriminatedUnion('type', [
  z.strictObject({
    label: line().nullish(),
    type: z.literal('percent'),
    value: openPercent(),
    tax: taxRequest.nullish(),
  }),
  z.strictObject({
    label: line().nullish(),
    type: z.literal('amount'),
    value: amount(),
    tax: taxRequest.nullish(),
  }),
]);
export const storedFee = z.object({
  label: z.string().optional(),
  ...discountBase,
  tax: taxStored,
  amount: z.string(),
});
export type Fee = z.infer<typeof storedFee>;
export const feeAnswer = z.object({
  label: line().nullable(),
  ...discountBase,
  tax: taxAnswer,
  amount: money(),
});

/** One tax group of the totals: its base and tax once for each category and rate (TOT-2). */
export const taxGroup = {
  category: z.enum(taxCategories),
  rate: z.string(),
  base: money(),
  amount: money(),
};
export const storedTaxGroup = z.object({
  ...taxGroup,
  ...optionalShape(taxTexts),
});
export type TaxGroup = z.infer<typeof storedTaxGroup>;
export const taxGroupAnswer = z.object({
  ...taxGroup,
  ...nullableShape(taxTexts),
});
