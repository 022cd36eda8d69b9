import { type Adjustment, adjustmentAmount } from './adjustments.ts';
import { checkSize, parseNonNegative, type Reckoning } from './amount-checks.ts';
import { type Decimal, percentOf, type Rounded, rounded, sum, zero } from './decimal.ts';
import {
  type DiscountPart,
  documentDiscounts,
  type SharedPart,
  shareDiscounts,
} from './document-discounts.ts';
import { type LineAmounts, lineAmounts, type PricedLine } from './line-amounts.ts';
import { decimalsOf } from './money.ts';
import type { Fault } from './refusal.ts';
import { groupByTax, type TaxedAmount, type TaxGroup, type TaxTerms } from './tax-groups.ts';

/** All of an invoice that its amounts follow from; numbers are decimal strings, percentages are in percent. */
export type TotalsInput = {
  readonly currency: string;
  readonly lineItems: ReadonlyArray<PricedLine & { readonly tax: TaxTerms }>;
  readonly discounts: readonly Adjustment[];
  readonly fees: ReadonlyArray<Adjustment & { readonly tax: TaxTerms }>;
  /** Units of the accounting currency for one of the invoice's. */
  readonly exchangeRate?: string | undefined;
  readonly accountingCurrency: string;
};

/** The tax of one category and rate: base = lines − parts of the discounts + fees; amount = round(base × rate). */
export type GroupTax = Rounded & {
  readonly group: TaxGroup;
  /** What the discounts take from the group. */
  readonly parts: readonly Decimal[];
  readonly base: Decimal;
};

/** A document discount, shared out over the groups of the lines; `parts` leaves out those that bear nothing. */
export type SharedDiscount = Rounded & {
  readonly shares: readonly SharedPart[];
  readonly parts: readonly DiscountPart[];
};

/** What each step of TOT-2 gave, in its order and still exact decimals. */
export type TotalsSteps = {
  readonly lines: readonly LineAmounts[];
  readonly subtotal: Decimal;
  readonly discounts: readonly SharedDiscount[];
  readonly discountTotal: Decimal;
  readonly fees: readonly Rounded[];
  readonly feeTotal: Decimal;
  readonly taxes: readonly GroupTax[];
  readonly taxTotal: Decimal;
  readonly total: Decimal;
  readonly taxTotalAccounting: Rounded | undefined;
};

export type StepsResult =
  | { readonly ok: true; readonly steps: TotalsSteps }
  | { readonly ok: false; readonly faults: readonly Fault[] };

/**
 * Computes an invoice step by step (TOT-2, TOT-3), or tells all that only arithmetic can find wrong with it (TOT-6).
 * A faulty discount counts as nothing in the steps after it, so that no fault is reported that follows from another.
 * @throws RangeError for what the request's schema refuses: an unknown currency, a malformed or negative number, a
 *   discount of more than 100 percent, a rate that the category can't have.
 */
export function computeSteps(input: TotalsInput): StepsResult {
  const faults: Fault[] = [];
  const decimals = decimalsOf(input.currency);
  const reckoning: Reckoning = { currency: input.currency, decimals, faults };

  const lines = input.lineItems.map((line, index) => lineAmounts(line, `/lineItems/${index}`, reckoning));
  const subtotal = sum(lines.map((line) => line.amount));
  if (!hasOversize(faults)) checkSize(subtotal, '/lineItems', reckoning);
  const discounted = documentDiscounts(input.discounts, subtotal, reckoning);
  const discountTotal = sum(amountsOf(discounted));
  const fees = feeAmounts(input, subtotal.minus(discountTotal), reckoning);
  if (faults.length > 0) return { ok: false, faults };

  const taxedLines = input.lineItems.map(({ tax }, index) =>
    taxed(tax, lines[index]?.amount, `/lineItems/${index}`),
  );
  const taxedFees = input.fees.map(({ tax }, index) => taxed(tax, fees[index]?.amount, `/fees/${index}`));
  const discounts = sharedOut(discounted, groupByTax(taxedLines), decimals);
  const parts = discounts.flatMap((discount) => discount.parts);
  const taxes = groupTaxes(groupByTax([...taxedLines, ...taxedFees]), parts, reckoning);
  const closing = closingTotals(input, { subtotal, discountTotal, fees, taxes }, reckoning);
  if (faults.length > 0) return { ok: false, faults };
  return { ok: true, steps: { lines, subtotal, discounts, discountTotal, fees, taxes, ...closing } };
}

const hasOversize = (faults: readonly Fault[]): boolean =>
  faults.some(({ code }) => code === 'amount_too_large');

const amountsOf = (values: readonly Rounded[]): Decimal[] => values.map(({ amount }) => amount);

function sharedOut(
  discounts: readonly Rounded[],
  groups: readonly TaxGroup[],
  decimals: number,
): SharedDiscount[] {
  const shared = shareDiscounts(amountsOf(discounts), groups, decimals);
  return discounts.map((discount, index) => {
    const shares = shared[index] ?? [];
    return { ...discount, shares, parts: shares.filter(({ amount }) => amount.gt(zero)) };
  });
}

function taxed(tax: TaxTerms, amount: Decimal | undefined, pointer: string): TaxedAmount {
  return { tax, amount: amount ?? zero, pointer };
}

/** Each fee = its amount, or round((subtotal − discounts) × percent) (TOT-2). */
function feeAmounts(input: TotalsInput, discounted: Decimal, reckoning: Reckoning): Rounded[] {
  const isBaseSound = !hasOversize(reckoning.faults);
  return input.fees.map((fee, index) => {
    const value = adjustmentAmount(fee, discounted, `/fees/${index}`, reckoning);
    if (isBaseSound) checkSize(value.amount, `/fees/${index}`, reckoning);
    return value;
  });
}

/** Tax once for each group: round(base × rate) (TOT-2). */
function groupTaxes(
  groups: readonly TaxGroup[],
  parts: readonly DiscountPart[],
  reckoning: Reckoning,
): GroupTax[] {
  const byGroup = Map.groupBy(parts, ({ group }) => group.key);
  return groups.map((group) => {
    const taken = (byGroup.get(group.key) ?? []).map(({ amount }) => amount);
    const base = group.amount.minus(sum(taken));
    const tax = rounded(percentOf(base, group.rate), reckoning.decimals);
    checkSize(tax.amount, `${group.pointer}/tax/rate`, reckoning);
    return { group, parts: taken, base, ...tax };
  });
}

/** total = subtotal − discounts + fees + taxes (TOT-4), and the tax in the accounting currency. */
function closingTotals(
  input: TotalsInput,
  parts: Pick<TotalsSteps, 'subtotal' | 'discountTotal' | 'fees' | 'taxes'>,
  reckoning: Reckoning,
): Pick<TotalsSteps, 'feeTotal' | 'taxTotal' | 'total' | 'taxTotalAccounting'> {
  const feeTotal = sum(amountsOf(parts.fees));
  const taxTotal = sum(amountsOf(parts.taxes));
  const total = parts.subtotal.minus(parts.discountTotal).plus(feeTotal).plus(taxTotal);
  const taxTotalAccounting =
    input.exchangeRate === undefined
      ? undefined
      : rounded(taxTotal.times(parseNonNegative(input.exchangeRate)), decimalsOf(input.accountingCurrency));
  if (reckoning.faults.length === 0) {
    checkSize(total, input.lineItems.length > 0 ? '/lineItems' : '/fees', reckoning);
    if (taxTotalAccounting !== undefined) checkSize(taxTotalAccounting.amount, '/exchangeRate', reckoning);
  }
  return { feeTotal, taxTotal, total, taxTotalAccounting };
}
