import { currencyDecimals } from '#lib/domain/currency.ts';
import { type ExplainedStep, explainTotals, type NamedTotalsInput } from '#lib/domain/explain.ts';
import type { Totals } from '#lib/domain/totals.ts';
import { calculate, fractionOf, isSame, roundedTo } from './calculator.ts';
import { totalsOf } from './totals-builders.ts';

const isRounded = ({ exact, rounding, result }: ExplainedStep, decimals: number): boolean => {
  const value = calculate(exact);
  return isSame(rounding === 'none' ? value : roundedTo(value, decimals, rounding), fractionOf(result));
};

/** The amounts where the invoice has them, by JSON Pointer. */
const amountsByPointer = (totals: Totals): Map<string, string> =>
  new Map([
    ...totals.lineAmounts.map((amount, index) => [`/lineItems/${index}/amount`, amount] as const),
    ...totals.discounts.flatMap(({ amount, parts }, index) => [
      [`/discounts/${index}/amount`, amount] as const,
      ...parts.map((part, place) => [`/discounts/${index}/parts/${place}/amount`, part.amount] as const),
    ]),
    ...totals.feeAmounts.map((amount, index) => [`/fees/${index}/amount`, amount] as const),
    ...totals.taxes.flatMap(({ base, amount }, index) => [
      [`/taxes/${index}/base`, base] as const,
      [`/taxes/${index}/amount`, amount] as const,
    ]),
    ...(totals.discounts.length === 0 ? [] : [['/discountTotal', totals.discountTotal] as const]),
    ...(totals.feeAmounts.length === 0 ? [] : [['/feeTotal', totals.feeTotal] as const]),
    ...(totals.taxes.length === 0 ? [] : [['/taxTotal', totals.taxTotal] as const]),
    ...(totals.taxTotalAccounting === undefined
      ? []
      : [['/taxTotalAccounting', totals.taxTotalAccounting] as const]),
    ['/subtotal', totals.subtotal],
    ['/total', totals.total],
  ]);

/**
 * What somebody who follows an explanation with a calculator finds wrong with it: a formula that does not give its exact
 * value, a rounding that does not give the result, or an amount of the invoice that no step, or a wrong one, leads to.
 */
export function followed(input: NamedTotalsInput): string[] {
  const { steps, total } = explainTotals(input);
  const amounts = amountsByPointer(totalsOf(input));
  const wrong: string[] = [];
  const reached = new Set<string>();
  for (const step of steps) {
    const isAccounting = step.step === 'tax_total_accounting';
    const decimals = currencyDecimals(isAccounting ? input.accountingCurrency : input.currency) ?? 0;
    const told = `${step.step} ${step.pointer}: ${step.formula} = ${step.exact} → ${step.result}`;
    if (!isSame(calculate(step.formula), calculate(step.exact))) wrong.push(`formula of ${told}`);
    if (!isRounded(step, decimals)) wrong.push(`rounding of ${told}`);
    const amount = amounts.get(step.pointer);
    if (amount !== undefined && amount !== step.result) wrong.push(`${amount} is not ${told}`);
    reached.add(step.pointer);
  }
  if (total !== totalsOf(input).total) wrong.push(`total ${total}`);
  return [...wrong, ...[...amounts.keys()].filter((pointer) => !reached.has(pointer))];
}
