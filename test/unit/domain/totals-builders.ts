import type { TaxCategory } from '#lib/domain/tax-category.ts';
import { computeTotals, type Totals, type TotalsInput } from '#lib/domain/totals.ts';

export type Line = TotalsInput['lineItems'][number];
export type Fee = TotalsInput['fees'][number];
export type Discount = TotalsInput['discounts'][number];

export const tax = (category: TaxCategory, rate: string) => ({ category, rate });
export const percent = (value: string): Discount => ({ type: 'percent', value });
export const amount = (value: string): Discount => ({ type: 'amount', value });

/** One piece at this price, so that the line amount is the price. */
export const line = (
  unitPrice: string,
  lineTax: Line['tax'] = tax('S', '20'),
  rest: Partial<Line> = {},
): Line => ({
  quantity: '1',
  unitPrice,
  tax: lineTax,
  ...rest,
});

export const invoice = (rest: Partial<TotalsInput> = {}): TotalsInput => ({
  currency: 'EUR',
  accountingCurrency: 'EUR',
  lineItems: [],
  discounts: [],
  fees: [],
  ...rest,
});

/** The totals of an invoice that has no fault. */
export function totalsOf(input: TotalsInput): Totals {
  const result = computeTotals(input);
  if (!result.ok) throw new Error(`faults: ${JSON.stringify(result.faults)}`);
  return result.totals;
}

/** Pointer and code of each fault, or none. */
export function faultsOf(input: TotalsInput): string[] {
  const result = computeTotals(input);
  return result.ok ? [] : result.faults.map(({ pointer, code }) => `${pointer} ${code}`);
}
