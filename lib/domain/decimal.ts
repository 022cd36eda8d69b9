import Big from 'big.js';

/**
 * A constructor of our own, so that its settings hold whoever else uses big.js. Strict: a JavaScript number given
 * to it, or to a method of what it made, throws a TypeError, and so does any conversion back that would lose digits.
 */
const Exact = Big();
Exact.strict = true;

/**
 * An exact decimal number. `plus`, `minus`, `times`, `cmp`, `eq`, `lt`, `gt` are exact; `div`, `sqrt` and negative
 * powers are not, and no rule of an invoice needs them.
 */
export type Decimal = Big;

/** How a decimal is written at every edge: no exponent, no plus sign, no leading zero or bare point. */
export const decimalPattern = /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/;

/** @throws RangeError if the text is not a decimal as `decimalPattern` has it. */
export function parseDecimal(text: string): Decimal {
  if (!decimalPattern.test(text)) throw new RangeError(`not a decimal: ${JSON.stringify(text)}`);
  return new Exact(text);
}

export const zero: Decimal = parseDecimal('0');

/** The value with this many decimals, half away from zero (TOT-2): 0.005 → 0.01, −0.005 → −0.01. */
export function round(value: Decimal, decimals: number): Decimal {
  return value.round(decimals, Big.roundHalfUp);
}

/** A value as it was computed, and the amount that it is rounded to. */
export type Rounded = { readonly exact: Decimal; readonly amount: Decimal };

/** As `round`, with the value kept beside it: a computation can be shown step by step (TOT-5). */
export const rounded = (exact: Decimal, decimals: number): Rounded => ({
  exact,
  amount: round(exact, decimals),
});

/** Whether the value has no more than this many decimals; trailing zeros do not count. */
export function fitsDecimals(value: Decimal, decimals: number): boolean {
  return round(value, decimals).eq(value);
}

/**
 * Written with exactly this many decimals, never with an exponent and never as minus zero.
 * @throws RangeError if decimals would be lost: rounding is the caller's to decide, with `round`.
 */
export function formatDecimal(value: Decimal, decimals: number): string {
  if (!fitsDecimals(value, decimals)) {
    throw new RangeError(`${value.toFixed()} has more than ${decimals} decimals`);
  }
  return value.eq(zero) ? zero.toFixed(decimals) : value.toFixed(decimals);
}

/** The one shortest way to write a value: `20.00` → `20`, `5.50` → `5.5`. */
export function canonicalDecimal(value: Decimal): string {
  return value.eq(zero) ? '0' : value.toFixed();
}

/** How many decimals a text has, trailing zeros included: `1.50` has two. */
export function decimalsWritten(text: string): number {
  const point = text.indexOf('.');
  return point === -1 ? 0 : text.length - point - 1;
}

const hundredth = parseDecimal('0.01');

/** `percent` hundredths of the value, exact. */
export function percentOf(value: Decimal, percent: Decimal): Decimal {
  return value.times(percent).times(hundredth);
}

export function sum(values: Iterable<Decimal>): Decimal {
  let total = zero;
  for (const value of values) total = total.plus(value);
  return total;
}

/**
 * An amount in the smallest unit of a currency with this many decimals, where whole numbers are wanted.
 * @throws RangeError if it has more decimals than that.
 */
export function toMinorUnits(amount: Decimal, decimals: number): bigint {
  return BigInt(formatDecimal(amount, decimals).replace('.', ''));
}

/** The amount that this many of a currency's smallest unit are. */
export function fromMinorUnits(units: bigint, decimals: number): Decimal {
  return new Exact(`${units}e-${decimals}`);
}
