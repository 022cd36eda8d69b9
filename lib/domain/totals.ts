import { type Decimal, formatDecimal } from './decimal.ts';
import type { DiscountPart } from './document-discounts.ts';
import { decimalsOf } from './money.ts';
import type { Fault } from './refusal.ts';
import type { TaxCategory } from './tax-category.ts';
import type { TaxTerms } from './tax-groups.ts';
import { computeSteps, type GroupTax, type TotalsInput, type TotalsSteps } from './totals-steps.ts';

export type { TotalsInput } from './totals-steps.ts';

/** One category and rate of an invoice's tax. `rate` is in percent, without trailing zeros. */
export type TaxTotal = TaxTerms & { readonly base: string; readonly amount: string };

/** What of a document discount falls on one category and rate (TOT-3). */
export type DiscountShare = {
  readonly category: TaxCategory;
  readonly rate: string;
  readonly amount: string;
};

/** An invoice's amounts, in the currency's own number of decimals, in the order of the lines, discounts and fees. */
export type Totals = {
  readonly lineAmounts: readonly string[];
  /** `parts` leaves out groups that bear nothing of the discount; a discount of zero has none. */
  readonly discounts: ReadonlyArray<{ readonly amount: string; readonly parts: readonly DiscountShare[] }>;
  readonly feeAmounts: readonly string[];
  readonly subtotal: string;
  readonly discountTotal: string;
  readonly feeTotal: string;
  /** Each category and rate once: category by its code, then the lower rate. */
  readonly taxes: readonly TaxTotal[];
  readonly taxTotal: string;
  readonly total: string;
  /** In the decimals of the accounting currency; there only with an `exchangeRate`. */
  readonly taxTotalAccounting?: string;
};

export type TotalsResult =
  | { readonly ok: true; readonly totals: Totals }
  | { readonly ok: false; readonly faults: readonly Fault[] };

/**
 * The amounts of an invoice by TOT-1 to TOT-4, or all that arithmetic finds wrong with it, with a pointer to each:
 * `discount_too_large`, `too_many_decimals`, `amount_too_large`. An invoice without lines or fees is zero throughout.
 * @throws RangeError for what the request's schema refuses (see `computeSteps`).
 */
export function computeTotals(input: TotalsInput): TotalsResult {
  const result = computeSteps(input);
  return result.ok ? { ok: true, totals: writeTotals(result.steps, input) } : result;
}

function writeTotals(steps: TotalsSteps, input: TotalsInput): Totals {
  const decimals = decimalsOf(input.currency);
  const write = (amount: Decimal): string => formatDecimal(amount, decimals);
  const { taxTotalAccounting } = steps;
  return {
    lineAmounts: steps.lines.map((line) => write(line.amount)),
    discounts: steps.discounts.map(({ amount, parts }) => ({
      amount: write(amount),
      parts: parts.map((part) => writePart(part, write)),
    })),
    feeAmounts: steps.fees.map((fee) => write(fee.amount)),
    subtotal: write(steps.subtotal),
    discountTotal: write(steps.discountTotal),
    feeTotal: write(steps.feeTotal),
    taxes: steps.taxes.map((tax) => writeTax(tax, write)),
    taxTotal: write(steps.taxTotal),
    total: write(steps.total),
    ...(taxTotalAccounting && {
      taxTotalAccounting: formatDecimal(taxTotalAccounting.amount, decimalsOf(input.accountingCurrency)),
    }),
  };
}

function writePart({ group, amount }: DiscountPart, write: (amount: Decimal) => string): DiscountShare {
  return { category: group.terms.category, rate: group.terms.rate, amount: write(amount) };
}

function writeTax({ group, base, amount }: GroupTax, write: (amount: Decimal) => string): TaxTotal {
  const { category, rate, label, exemptionReasonCode, exemptionReason } = group.terms;
  return {
    category,
    rate,
    base: write(base),
    amount: write(amount),
    ...(label !== undefined && { label }),
    ...(exemptionReasonCode !== undefined && { exemptionReasonCode }),
    ...(exemptionReason !== undefined && { exemptionReason }),
  };
}
