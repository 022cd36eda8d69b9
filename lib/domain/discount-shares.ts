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
export function shareOut(total: bigint, weights: readonly bigint[], rooms: readonly bigint[]): bigint[] {
  if (total > add(rooms)) throw new RangeError('more to share out than there is room for');
  const whole = add(weights);
  const quotas = weights.map((weight, index) => quota(total * weight, whole, rooms[index] ?? 0n));
  const shares = quotas.map(({ share }) => share);
  const byRemainder = quotas
    .map(({ remainder }, index) => ({ remainder, index }))
    .sort((a, b) => Number(b.remainder > a.remainder) - Number(b.remainder < a.remainder));
  let left = total - add(shares);
  while (left > 0n) {
    for (const { index } of byRemainder) {
      const share = shares[index] ?? 0n;
      if (left === 0n || share >= (rooms[index] ?? 0n)) continue;
      shares[index] = share + 1n;
      left -= 1n;
    }
  }
  return shares;
}

function quota(dividend: bigint, whole: bigint, room: bigint): { share: bigint; remainder: bigint } {
  if (whole === 0n) return { share: 0n, remainder: 0n };
  const floor = dividend / whole;
  return { share: floor < room ? floor : room, remainder: dividend % whole };
}

const add = (values: readonly bigint[]): bigint => values.reduce((total, value) => total + value, 0n);
