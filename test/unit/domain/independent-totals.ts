import { currencyDecimals } from '#lib/domain/currency.ts';
import type { TotalsInput } from '#lib/domain/totals.ts';

/**
 * The rules of TOT-2 and TOT-3 once more, from their wording and in another manner than the product's: fractions of
 * BigInts, everything in minor units. Only the decimals of a currency are looked up in the product.
 */
export type IndependentTotals = {
  lines: bigint[];
  subtotal: bigint;
  discounts: bigint[];
  /** For each discount the part of each group, in the order of `groups`, as if no part had to be limited. */
  parts: bigint[][];
  groups: string[];
  fees: bigint[];
};

type Fraction = [numerator: bigint, denominator: bigint];

function fraction(text: string): Fraction {
  const [whole = '', decimals = ''] = text.split('.');
  return [BigInt(whole + decimals), 10n ** BigInt(decimals.length)];
}

const roundedProduct = (...factors: Fraction[]): bigint => {
  const [n, d] = factors.reduce(([n1, d1], [n2, d2]) => [n1 * n2, d1 * d2], [1n, 1n]);
  return (2n * n + d) / (2n * d);
};

const total = (amounts: bigint[]): bigint => amounts.reduce((sum, one) => sum + one, 0n);

export function computeIndependently(input: TotalsInput): IndependentTotals {
  const unit: Fraction = [10n ** BigInt(currencyDecimals(input.currency) ?? 0), 1n];
  const adjust = ({ type, value }: { type: string; value: string }, base: bigint): bigint =>
    type === 'percent'
      ? roundedProduct([base, 100n], fraction(value))
      : roundedProduct(fraction(value), unit);

  const lines = input.lineItems.map(({ quantity, unitPrice, discount }) => {
    const gross = roundedProduct(fraction(quantity), fraction(unitPrice), unit);
    return discount === undefined ? gross : gross - adjust(discount, gross);
  });
  const subtotal = total(lines);
  const discounts = input.discounts.map((discount) => adjust(discount, subtotal));
  const fees = input.fees.map((fee) => adjust(fee, subtotal - total(discounts)));

  const weights = new Map<string, bigint>();
  input.lineItems.forEach(({ tax }, index) => {
    const group = groupOf(tax);
    weights.set(group, (weights.get(group) ?? 0n) + (lines[index] ?? 0n));
  });
  const groups = [...weights.keys()].sort(byCategoryThenRate);
  const ordered = groups.map((group) => weights.get(group) ?? 0n);
  return { lines, subtotal, discounts, fees, groups, parts: discounts.map((one) => hamilton(one, ordered)) };
}

/** Hamilton's method, seat by seat: each unit goes to whoever is furthest below the exact share. */
function hamilton(amount: bigint, weights: bigint[]): bigint[] {
  const whole = total(weights);
  if (whole === 0n) return weights.map(() => 0n);
  const parts = weights.map((weight) => (amount * weight) / whole);
  for (let left = amount - total(parts); left > 0n; left -= 1n) {
    const missing = weights.map((weight, index) => amount * weight - (parts[index] ?? 0n) * whole);
    const winner = missing.reduce((best, one, index) => (one > (missing[best] ?? 0n) ? index : best), 0);
    parts[winner] = (parts[winner] ?? 0n) + 1n;
  }
  return parts;
}

export const groupOf = ({ category, rate }: { category: string; rate: string }): string =>
  `${category} ${rate.includes('.') ? rate.replace(/\.?0+$/, '') : rate}`;

/** The tax of a base in minor units; the group as `groupOf` names it. */
export const taxOn = (base: bigint, group: string): bigint =>
  roundedProduct([base, 100n], fraction(group.split(' ')[1] ?? ''));

function byCategoryThenRate(a: string, b: string): number {
  const [categoryA = '', rateA = ''] = a.split(' ');
  const [categoryB = '', rateB = ''] = b.split(' ');
  if (categoryA !== categoryB) return [categoryA, categoryB].sort()[0] === categoryA ? -1 : 1;
  return Number(rateA) - Number(rateB);
}
