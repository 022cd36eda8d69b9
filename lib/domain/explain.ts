import { canonicalDecimal, type Decimal } from './decimal.ts';
import { discountSteps } from './explain-discounts.ts';
import type { NamedTotalsInput } from './explain-input.ts';
import { adjustmentStep, type ExplainedStep, groupName, type Writing, writingIn } from './explain-step.ts';
import type { LineAmounts } from './line-amounts.ts';
import { decimalsOf } from './money.ts';
import { computeSteps, type GroupTax, type TotalsSteps } from './totals-steps.ts';

export type { NamedTotalsInput } from './explain-input.ts';
export type { ExplainedStep } from './explain-step.ts';

/** Where each cent of a total comes from. */
export type Explanation = {
  readonly currency: string;
  readonly steps: readonly ExplainedStep[];
  readonly total: string;
};

/**
 * The computation of an invoice's amounts, step by step in its order (TOT-5). Steps that would say nothing are left
 * out: the gross of a line without a discount, the quotas of a discount that one tax bears alone, totals of nothing.
 * @throws RangeError for what `computeTotals` finds faults in: there are no amounts to explain.
 */
export function explainTotals(input: NamedTotalsInput): Explanation {
  const result = computeSteps(input);
  if (!result.ok) {
    const faults = result.faults.map(({ pointer, code }) => `${pointer} ${code}`);
    throw new RangeError(`there are no totals to explain: ${faults.join(', ')}`);
  }
  const { steps } = result;
  const writing = writingIn(decimalsOf(input.currency));
  return {
    currency: input.currency,
    steps: [
      ...steps.lines.flatMap((line, index) => lineSteps(input, line, index, writing)),
      subtotalStep(steps, writing),
      ...discountSteps(input, steps, writing),
      ...feeSteps(input, steps, writing),
      ...steps.taxes.flatMap((tax, index) => taxSteps(tax, index, writing)),
      ...closingSteps(input, steps, writing),
    ],
    total: writing.write(steps.total),
  };
}

const added = (amounts: readonly Decimal[], { write }: Writing): string =>
  amounts.length === 0 ? '0' : amounts.map(write).join(' + ');

function lineSteps(
  input: NamedTotalsInput,
  amounts: LineAmounts,
  index: number,
  writing: Writing,
): ExplainedStep[] {
  const line = input.lineItems[index];
  if (line === undefined) return [];
  const { write, exactStep, roundedStep } = writing;
  const pointer = `/lineItems/${index}`;
  const label = line.name;
  const formula = `${line.quantity} × ${line.unitPrice}`;
  const gross = { exact: amounts.product, amount: amounts.gross };
  const amountPointer = `${pointer}/amount`;
  if (line.discount === undefined)
    return [roundedStep('line_amount', { pointer: amountPointer, label, formula }, gross)];

  const discount = { exact: amounts.exactDiscount, amount: amounts.discount };
  const about = { pointer: `${pointer}/discount`, label, base: write(amounts.gross) };
  const less = `${write(amounts.gross)} − ${write(amounts.discount)}`;
  return [
    roundedStep('line_gross', { pointer, label, formula }, gross),
    adjustmentStep('line_discount', line.discount, about, discount, writing),
    exactStep('line_amount', { pointer: amountPointer, label, formula: less }, amounts.amount),
  ];
}

function subtotalStep({ lines, subtotal }: TotalsSteps, writing: Writing): ExplainedStep {
  const formula = added(
    lines.map(({ amount }) => amount),
    writing,
  );
  return writing.exactStep('subtotal', { pointer: '/subtotal', formula }, subtotal);
}

function feeSteps(input: NamedTotalsInput, steps: TotalsSteps, writing: Writing): ExplainedStep[] {
  const { subtotal, discounts, discountTotal, fees, feeTotal } = steps;
  const { write, exactStep } = writing;
  const base = discounts.length === 0 ? write(subtotal) : `(${write(subtotal)} − ${write(discountTotal)})`;
  const each = input.fees.flatMap((given, index) => {
    const fee = fees[index];
    if (fee === undefined) return [];
    const about = { pointer: `/fees/${index}/amount`, label: given.label, base };
    return [adjustmentStep('fee', given, about, fee, writing)];
  });
  if (each.length === 0) return [];
  const formula = added(
    fees.map(({ amount }) => amount),
    writing,
  );
  return [...each, exactStep('fee_total', { pointer: '/feeTotal', formula }, feeTotal)];
}

function taxSteps(tax: GroupTax, index: number, writing: Writing): ExplainedStep[] {
  const { group, parts, base } = tax;
  const { write, exactStep, roundedStep } = writing;
  const label = groupName(group);
  const pointer = `/taxes/${index}`;
  const summed = [added(group.summands, writing), ...parts.map(write)].join(' − ');
  const rate = canonicalDecimal(group.rate);
  return [
    exactStep('tax_base', { pointer: `${pointer}/base`, label, formula: summed }, base),
    roundedStep('tax', { pointer: `${pointer}/amount`, label, formula: `${write(base)} × ${rate}%` }, tax),
  ];
}

function closingSteps(input: NamedTotalsInput, steps: TotalsSteps, writing: Writing): ExplainedStep[] {
  const { taxes, taxTotal, total, taxTotalAccounting } = steps;
  const { write, exactStep } = writing;
  const taxAmounts = added(
    taxes.map(({ amount }) => amount),
    writing,
  );
  const accounting = writingIn(decimalsOf(input.accountingCurrency));
  const inAccounting = {
    pointer: '/taxTotalAccounting',
    label: input.accountingCurrency,
    formula: `${write(taxTotal)} × ${input.exchangeRate}`,
  };
  return [
    ...(taxes.length === 0
      ? []
      : [exactStep('tax_total', { pointer: '/taxTotal', formula: taxAmounts }, taxTotal)]),
    exactStep('total', { pointer: '/total', formula: totalFormula(steps, writing) }, total),
    ...(taxTotalAccounting === undefined
      ? []
      : [accounting.roundedStep('tax_total_accounting', inAccounting, taxTotalAccounting)]),
  ];
}

function totalFormula(steps: TotalsSteps, { write }: Writing): string {
  const { subtotal, discounts, discountTotal, fees, feeTotal, taxes, taxTotal } = steps;
  return [
    write(subtotal),
    ...(discounts.length === 0 ? [] : [`− ${write(discountTotal)}`]),
    ...(fees.length === 0 ? [] : [`+ ${write(feeTotal)}`]),
    ...(taxes.length === 0 ? [] : [`+ ${write(taxTotal)}`]),
  ].join(' ');
}
