import { checkDecimals, parseNonNegative, type Reckoning } from './amount-checks.ts';
import { type Decimal, parseDecimal, percentOf, type Rounded, rounded } from './decimal.ts';

/** A discount or a fee: a fixed amount in the invoice's currency, or so many percent of what it is taken from. */
export type Adjustment = { readonly type: 'percent' | 'amount'; readonly value: string };

const whole = parseDecimal('100');

/** Its amount, or round(base × percent) (TOT-2). Reports too many decimals of a fixed amount at `pointer`/value. */
export function adjustmentAmount(
  adjustment: Adjustment,
  base: Decimal,
  pointer: string,
  reckoning: Reckoning,
): Rounded {
  const value = parseNonNegative(adjustment.value);
  if (adjustment.type === 'percent') return rounded(percentOf(base, value), reckoning.decimals);
  checkDecimals(adjustment.value, `${pointer}/value`, reckoning);
  return { exact: value, amount: value };
}

/** As `adjustmentAmount`. @throws RangeError for more than 100 percent, which the request's schema refuses (TOT-6). */
export function discountAmount(
  discount: Adjustment,
  base: Decimal,
  pointer: string,
  reckoning: Reckoning,
): Rounded {
  if (discount.type === 'percent' && parseDecimal(discount.value).gt(whole)) {
    throw new RangeError(`a discount of ${discount.value} percent`);
  }
  return adjustmentAmount(discount, base, pointer, reckoning);
}
