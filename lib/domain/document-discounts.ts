import { type Adjustment, discountAmount } from './adjustments.ts';
import { type Reckoning, reportDiscountTooLarge } from './amount-checks.ts';
import { type Decimal, fromMinorUnits, type Rounded, toMinorUnits, zero } from './decimal.ts';
import { type Share, shareOut } from './discount-shares.ts';
import type { TaxGroup } from './tax-groups.ts';

/** What a document discount takes from the lines of one category and rate. */
export type DiscountPart = { readonly group: TaxGroup; readonly amount: Decimal };

/** A part with how it came about, parts of zero included; in the invoice's currency. */
export type SharedPart = DiscountPart & {
  /** Of the quota, discount × group ÷ subtotal: rounded down, and the discount × group − quotient × subtotal left. */
  readonly quotient: Decimal;
  readonly remainder: Decimal;
  /** What the discounts before left of the group. */
  readonly room: Decimal;
  /** Its place by the size of its remainder, from 1. */
  readonly rank: number;
};

/**
 * The amount of each document discount, all of them together at most the subtotal (TOT-2). One that goes over what the
 * ones before it left is reported and counts as nothing for those after it.
 */
export function documentDiscounts(
  discounts: readonly Adjustment[],
  subtotal: Decimal,
  reckoning: Reckoning,
): Rounded[] {
  let left = subtotal;
  return discounts.map((discount, index) => {
    const { exact, amount } = discountAmount(discount, subtotal, `/discounts/${index}`, reckoning);
    if (amount.gt(left)) {
      reportDiscountTooLarge(`/discounts/${index}/value`, left, reckoning);
      return { exact: zero, amount: zero };
    }
    left = left.minus(amount);
    return { exact, amount };
  });
}

/**
 * The parts of each discount over the groups of the lines (TOT-3), in the groups' order, with those that are zero. They
 * add up to the discount, none is negative, and all together take no more from a group than is in it.
 */
export function shareDiscounts(
  amounts: readonly Decimal[],
  groups: readonly TaxGroup[],
  decimals: number,
): SharedPart[][] {
  const weights = groups.map((group) => toMinorUnits(group.amount, decimals));
  let rooms = weights;
  return amounts.map((amount) => {
    const shares = shareOut(toMinorUnits(amount, decimals), weights, rooms);
    rooms = shares.map((share) => share.room - share.amount);
    return groups.flatMap((group, index) => {
      const share = shares[index];
      return share === undefined ? [] : [partOf(share, group, decimals)];
    });
  });
}

function partOf({ amount, quotient, remainder, room, rank }: Share, group: TaxGroup, decimals: number) {
  return {
    group,
    amount: fromMinorUnits(amount, decimals),
    quotient: fromMinorUnits(quotient, decimals),
    // The remainder of a product of two amounts: minor units of minor units.
    remainder: fromMinorUnits(remainder, 2 * decimals),
    room: fromMinorUnits(room, decimals),
    rank,
  };
}
