/** What falls on one weight, in whole minor units. */
export type Share = {
  readonly amount: bigint;
  /** Of the quota, total × weight ÷ all weights: its whole part, and what the division leaves. */
  readonly quotient: bigint;
  readonly remainder: bigint;
  /** The most that it can be. */
  readonly room: bigint;
  /** Its place by the size of its remainder, from 1; of equal ones the earlier comes first. */
  readonly rank: number;
};

/**
 * Shares a whole number of minor units out over weights by largest remainder; of equal remainders the earlier comes
 * first (TOT-3). No share is larger than its room: several discounts, each rounded by itself, could otherwise take
 * more from a group than is in it. What has no room there goes to the next remainder that has.
 *
 * Each discount is shared over the same weights, not over what the earlier ones left, so that its parts can be checked
 * by themselves; nor as the difference of running totals, since a largest remainder share can fall as the total grows
 * (the Alabama paradox), which would give a negative part.
 * @throws RangeError if the rooms together are smaller than the total: nothing could be shared out.
 */
export function shareOut(total: bigint, weights: readonly bigint[], rooms: readonly bigint[]): Share[] {
  if (total > add(rooms)) throw new RangeError('more to share out than there is room for');
  const whole = add(weights);
  const quotas = weights.map((weight, index) => quota(total * weight, whole, rooms[index] ?? 0n));
  const amounts = quotas.map(({ quotient, room }) => (quotient < room ? quotient : room));
  const byRemainder = quotas
    .map(({ remainder }, index) => ({ remainder, index }))
    .sort((a, b) => Number(b.remainder > a.remainder) - Number(b.remainder < a.remainder))
    .map(({ index }) => index);
  giveOut(total - add(amounts), amounts, rooms, byRemainder);
  const ranks = new Map(byRemainder.map((index, place) => [index, place + 1]));
  return quotas.map((one, index) => ({ ...one, amount: amounts[index] ?? 0n, rank: ranks.get(index) ?? 0 }));
}

/** Raises the amounts, in this order, by one unit at a time, until nothing is left. */
function giveOut(rest: bigint, amounts: bigint[], rooms: readonly bigint[], order: readonly number[]): void {
  let left = rest;
  while (left > 0n) {
    for (const index of order) {
      const amount = amounts[index] ?? 0n;
      if (left === 0n || amount >= (rooms[index] ?? 0n)) continue;
      amounts[index] = amount + 1n;
      left -= 1n;
    }
  }
}

function quota(
  dividend: bigint,
  whole: bigint,
  room: bigint,
): Pick<Share, 'quotient' | 'remainder' | 'room'> {
  if (whole === 0n) return { quotient: 0n, remainder: 0n, room };
  return { quotient: dividend / whole, remainder: dividend % whole, room };
}

const add = (values: readonly bigint[]): bigint => values.reduce((total, value) => total + value, 0n);
