import { type Adjustment, discountAmount } from './adjustments.ts';
import { type Reckoning, reportDiscountTooLarge } from './amount-checks.ts';
import { type Decimal, fromMinorUnits, toMinorUnits, zero } from './decimal.ts';
import { shareOut } from './discount-shares.ts';
import type { TaxGroup } from './tax-groups.ts';

/** What a document discount takes from the lines of one category and rate. */
export type DiscountPart = { readonly group: TaxGroup; readonly amount: Decimal };

/**
 * The amount of each document discount, all of them together at most the subtotal (TOT-2). One that goes over what the
 * ones before it left is reported and counts as nothing for those after it.
 */
export function documentDiscounts(
  discounts: readonly Adjustment[],
  subtotal: Decimal,
  reckoning: Reckoning,
): Decimal[] {
  let left = subtotal;
  return discounts.map((discount, index) => {
    const amount = discountAmount(discount, subtotal, `/discounts/${index}`, reckoning);
    if (amount.gt(left)) {
      reportDiscountTooLarge(`/discounts/${index}/value`, left, reckoning);
      return zero;
    }
    left = left.minus(amount);
    return amount;
  });
}

/**
 * The parts of each discount over the groups of the lines (TOT-3), in the groups' order. They add up to the discount,
 * none is negative, and all together take no more from a group than is in it. Parts of zero are left out, so that a
 * discount of zero has none.
 */
export function shareDiscounts(
  amounts: readonly Decimal[],
  groups: readonly TaxGroup[],
  decimals: number,
): DiscountPart[][] {
  const weights = groups.map((group) => toMinorUnits(group.amount, decimals));
  let rooms = weights;
  return amounts.map((amount) => {
    const shares = shareOut(toMinorUnits(amount, decimals), weights, rooms);
    rooms = rooms.map((room, index) => room - (shares[index] ?? 0n));
    return groups
      .map((group, index) => ({ group, amount: fromMinorUnits(shares[index] ?? 0n, decimals) }))
      .filter((part) => part.amount.gt(zero));
  });
}
