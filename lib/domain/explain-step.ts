import type { Adjustment } from './adjustments.ts';
import { canonicalDecimal, type Decimal, formatDecimal, type Rounded } from './decimal.ts';
import type { TaxGroup } from './tax-groups.ts';

/** The steps of a computation (TOT-5), each with the rule that it follows, in the order that they come in. */
const rules = {
  line_gross: 'TOT-2',
  line_discount: 'TOT-2',
  line_amount: 'TOT-2',
  subtotal: 'TOT-2',
  discount: 'TOT-2',
  discount_quota: 'TOT-3',
  discount_rest: 'TOT-3',
  discount_share: 'TOT-3',
  discount_total: 'TOT-4',
  fee: 'TOT-2',
  fee_total: 'TOT-4',
  tax_base: 'TOT-2',
  tax: 'TOT-2',
  tax_total: 'TOT-4',
  total: 'TOT-4',
  tax_total_accounting: 'TOT-4',
} as const;
export type StepName = keyof typeof rules;
export const stepNames = Object.keys(rules) as [StepName, ...StepName[]];
export const stepRules = ['TOT-2', 'TOT-3', 'TOT-4'] as const;
/** `nearest`: to the currency's decimals, half away from zero; `down`: to them, the rest left off. */
export const stepRoundings = ['none', 'nearest', 'down'] as const;

/** One step, as a person follows it with a calculator: `formula` gives `exact`, which is rounded to `result`. */
export type ExplainedStep = {
  readonly step: StepName;
  readonly rule: (typeof stepRules)[number];
  /** JSON Pointer into the invoice: where the result stands, or else what the step is about. */
  readonly pointer: string;
  /** Name of the line, label of the discount or fee, category and rate of the tax; null where there is none. */
  readonly label: string | null;
  /** Of decimals with `+ − × ÷ %`, brackets and `min(…, …)`, the smaller of two. */
  readonly formula: string;
  /** A decimal without needless zeros. For a quota that never ends: `0.28 + 0.04 ÷ 7.00`, whole units and remainder. */
  readonly exact: string;
  readonly rounding: (typeof stepRoundings)[number];
  /** In the decimals of the currency. */
  readonly result: string;
  /** What decides the step besides its formula, in English. */
  readonly note: string | null;
};

/** What a step says beside its name, rule and numbers. */
export type About = {
  readonly pointer: string;
  readonly label?: string | undefined;
  readonly formula: string;
  readonly note?: string | undefined;
};
type Numbers = Pick<ExplainedStep, 'exact' | 'rounding' | 'result'>;

const stepOf = (step: StepName, about: About, numbers: Numbers): ExplainedStep => ({
  step,
  rule: rules[step],
  pointer: about.pointer,
  label: about.label ?? null,
  formula: about.formula,
  ...numbers,
  note: about.note ?? null,
});

/** How the amounts of one currency are written, and the steps that lead to them. */
export type Writing = {
  readonly decimals: number;
  readonly write: (amount: Decimal) => string;
  /** A step whose formula gives the result as it is. */
  readonly exactStep: (step: StepName, about: About, amount: Decimal) => ExplainedStep;
  /** A step that rounds half away from zero. */
  readonly roundedStep: (step: StepName, about: About, value: Rounded) => ExplainedStep;
  /** A step that leaves off what is below the currency's decimals; `exact` says it with what is left off. */
  readonly loweredStep: (
    step: StepName,
    about: About,
    value: { readonly exact: string; readonly amount: Decimal },
  ) => ExplainedStep;
};

export const writingIn = (decimals: number): Writing => {
  const write = (amount: Decimal): string => formatDecimal(amount, decimals);
  return {
    decimals,
    write,
    exactStep: (step, about, amount) =>
      stepOf(step, about, { exact: canonicalDecimal(amount), rounding: 'none', result: write(amount) }),
    roundedStep: (step, about, { exact, amount }) =>
      stepOf(step, about, { exact: canonicalDecimal(exact), rounding: 'nearest', result: write(amount) }),
    loweredStep: (step, about, { exact, amount }) =>
      stepOf(step, about, { exact, rounding: 'down', result: write(amount) }),
  };
};

/** The step of a discount or fee: so many percent of a base, which is rounded, or a fixed amount, which is not. */
export function adjustmentStep(
  step: StepName,
  adjustment: Adjustment,
  about: Omit<About, 'formula'> & { readonly base: string },
  value: Rounded,
  { exactStep, roundedStep }: Writing,
): ExplainedStep {
  const { base, ...rest } = about;
  return adjustment.type === 'percent'
    ? roundedStep(step, { ...rest, formula: `${base} × ${adjustment.value}%` }, value)
    : exactStep(step, { ...rest, formula: adjustment.value }, value.amount);
}

/** `S 20%`, with the label of the invoice where it has one: `VAT, S 20%`. */
export const groupName = ({ terms: { label, category, rate } }: TaxGroup): string =>
  [...(label === undefined ? [] : [label]), `${category} ${rate}%`].join(', ');
