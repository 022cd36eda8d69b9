import { currencyDecimals } from './currency.ts';
import { type Decimal, fitsDecimals, formatDecimal, parseDecimal, zero } from './decimal.ts';

/** Amounts as decimal strings in their currency's own number of decimals (TOT-1). */

/** @throws RangeError for a code that is no currency, which the request's schema has refused before */
export const decimalsOf = (currency: string): number => {
  const decimals = currencyDecimals(currency);
  if (decimals === undefined) throw new RangeError(`no currency: ${currency}`);
  return decimals;
};

/** The exact value, written as an amount of the currency. */
export const writeAmount = (value: Decimal, currency: string): string =>
  formatDecimal(value, decimalsOf(currency));

/** Whether an amount has no more decimals than the currency. */
export const fitsCurrency = (amount: string, currency: string): boolean =>
  fitsDecimals(parseDecimal(amount), decimalsOf(currency));

export const isZero = (amount: string): boolean => parseDecimal(amount).eq(zero);
/** Below, equal or above: −1, 0, 1. */
export const compareAmounts = (left: string, right: string): number =>
  parseDecimal(left).cmp(parseDecimal(right));
export const plus = (left: string, right: string, currency: string): string =>
  writeAmount(parseDecimal(left).plus(parseDecimal(right)), currency);
export const minus = (left: string, right: string, currency: string): string =>
  writeAmount(parseDecimal(left).minus(parseDecimal(right)), currency);
export const zeroOf = (currency: string): string => writeAmount(zero, currency);
