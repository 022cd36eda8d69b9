import { canonicalDecimal, type Decimal, fromMinorUnits, sum, zero } from './decimal.ts';
import type { SharedPart } from './document-discounts.ts';
import type { NamedTotalsInput } from './explain-input.ts';
import { adjustmentStep, type ExplainedStep, groupName, type Writing } from './explain-step.ts';
import type { SharedDiscount, TotalsSteps } from './totals-steps.ts';

/** The document discounts: what each comes to, how it is shared out over the taxes (TOT-3), and all together. */
export function discountSteps(
  input: NamedTotalsInput,
  { discounts, subtotal, discountTotal }: TotalsSteps,
  writing: Writing,
): ExplainedStep[] {
  const { write, exactStep } = writing;
  const each = input.discounts.flatMap((given, index) => {
    const discount = discounts[index];
    if (discount === undefined) return [];
    const pointer = `/discounts/${index}`;
    const about = { pointer: `${pointer}/amount`, label: given.label, base: write(subtotal) };
    return [
      adjustmentStep('discount', given, about, discount, writing),
      ...sharingSteps(discount, pointer, subtotal, writing),
    ];
  });
  if (each.length === 0) return [];
  const formula = discounts.map(({ amount }) => write(amount)).join(' + ');
  return [...each, exactStep('discount_total', { pointer: '/discountTotal', formula }, discountTotal)];
}

/** A discount of nothing has no parts, and one that a single group bears is its only part: no quota is needed. */
function sharingSteps(
  discount: SharedDiscount,
  pointer: string,
  subtotal: Decimal,
  writing: Writing,
): ExplainedStep[] {
  if (discount.amount.eq(zero)) return [];
  const shares = discount.shares.filter(({ group }) => group.amount.gt(zero));
  const { write, exactStep } = writing;
  if (shares.length === 1)
    return shareSteps(discount, pointer, ({ amount }) => ({ formula: write(amount) }), writing);

  const quotas = shares.map((share) => quotaStep(share, discount.amount, pointer, subtotal, writing));
  const rest = discount.amount.minus(sum(shares.map(firstPart)));
  const formula = [discount.amount, ...shares.map(firstPart)].map(write).join(' − ');
  const note = rest.eq(zero) ? undefined : restNote(writing);
  return [
    ...quotas,
    exactStep('discount_rest', { pointer, formula, note }, rest),
    ...shareSteps(discount, pointer, (share) => shareAbout(share, rest, writing), writing),
  ];
}

/** What falls on a group before the rest is given out. */
const firstPart = ({ quotient, room }: SharedPart): Decimal => (quotient.gt(room) ? room : quotient);

const restNote = ({ decimals, write }: Writing): string =>
  `Given out by ${write(fromMinorUnits(1n, decimals))} each, the largest remainder first; of equal ones the category first by its code, then the lower rate.`;

function quotaStep(
  share: SharedPart,
  discount: Decimal,
  pointer: string,
  subtotal: Decimal,
  { write, exactStep, loweredStep }: Writing,
): ExplainedStep {
  const { group, quotient, remainder, room } = share;
  const label = groupName(group);
  const quota = `${write(discount)} × ${write(group.amount)} ÷ ${write(subtotal)}`;
  if (quotient.gt(room)) {
    const note = `The discounts before leave only ${write(room)} of it.`;
    return exactStep(
      'discount_quota',
      { pointer, label, formula: `min(${quota}, ${write(room)})`, note },
      room,
    );
  }
  const exact = remainder.eq(zero)
    ? canonicalDecimal(quotient)
    : `${write(quotient)} + ${canonicalDecimal(remainder)} ÷ ${write(subtotal)}`;
  return loweredStep('discount_quota', { pointer, label, formula: quota }, { exact, amount: quotient });
}

type ShareAbout = { readonly formula: string; readonly note?: string };

function shareAbout(share: SharedPart, rest: Decimal, { write }: Writing): ShareAbout {
  const first = firstPart(share);
  const added = share.amount.minus(first);
  if (added.gt(zero)) {
    const note = `Its remainder is number ${share.rank} by size: it gets ${write(added)} of the rest.`;
    return { formula: `${write(first)} + ${write(added)}`, note };
  }
  const isPassedOver = rest.gt(zero) && share.amount.eq(share.room);
  return {
    formula: write(first),
    ...(isPassedOver && { note: 'The discounts take all of it: it gets nothing of the rest.' }),
  };
}

/** The parts as they stand in the invoice, which leaves out those of zero. */
function shareSteps(
  { parts, shares }: SharedDiscount,
  pointer: string,
  aboutOf: (share: SharedPart) => ShareAbout,
  { exactStep }: Writing,
): ExplainedStep[] {
  return shares
    .filter((share) => parts.includes(share))
    .map((share, index) => {
      const place = { pointer: `${pointer}/parts/${index}/amount`, label: groupName(share.group) };
      return exactStep('discount_share', { ...place, ...aboutOf(share) }, share.amount);
    });
}
