import { type Decimal, decimalsWritten, parseDecimal, zero } from './decimal.ts';
import type { Fault } from './refusal.ts';

/** The currency that amounts are reckoned in, and what was found wrong with them so far. */
export type Reckoning = { readonly currency: string; readonly decimals: number; readonly faults: Fault[] };

const tooLarge = parseDecimal('1000000000000000');

/** Reports an amount of more than 15 integer digits (API-8). */
export function checkSize(amount: Decimal, pointer: string, { faults }: Reckoning): void {
  if (amount.lt(tooLarge)) return;
  faults.push({
    pointer,
    code: 'amount_too_large',
    detail: 'leads to an amount of more than 15 integer digits',
  });
}

/** Reports a fixed amount that is written with more decimals than its currency has (TOT-1). */
export function checkDecimals(
  amount: string,
  pointer: string,
  { currency, decimals, faults }: Reckoning,
): void {
  if (decimalsWritten(amount) <= decimals) return;
  faults.push({
    pointer,
    code: 'too_many_decimals',
    detail: `has more decimals than ${currency}, which has ${decimals}`,
  });
}

/** Reports a discount that is larger than what it is taken from (TOT-6). */
export function reportDiscountTooLarge(
  pointer: string,
  limit: Decimal,
  { decimals, faults }: Reckoning,
): void {
  faults.push({
    pointer,
    code: 'discount_too_large',
    detail: `is more than the ${limit.toFixed(decimals)} that it can be taken from`,
  });
}

/**
 * A number that the request's schema lets through only from zero on.
 * @throws RangeError if it is negative or no decimal: the caller has left out the schema, and nothing may be computed.
 */
export function parseNonNegative(text: string): Decimal {
  const value = parseDecimal(text);
  if (value.lt(zero)) throw new RangeError(`negative: ${text}`);
  return value;
}
