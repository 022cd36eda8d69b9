import { describe, expect, it } from 'vitest';
import { amountOfUnits, chargeOf } from '#lib/domain/online/limits.ts';

describe('what Stripe can charge', () => {
  it.each([
    ['12.34', 'EUR', 1234],
    ['0.50', 'USD', 50],
    ['999999.99', 'USD', 99_999_999],
    ['500', 'JPY', 500],
    ['5', 'UGX', 500],
    ['1000', 'ISK', 100_000],
    ['1.230', 'KWD', 1230],
    ['1000.00', 'MGA', 1000],
    ['1000000.00', 'IDR', 100_000_000],
  ])('ONL-7: %s %s is %i of its units, and back', (amount, currency, units) => {
    expect(chargeOf(amount, currency)).toEqual({ units });
    expect(amountOfUnits(units, currency)).toBe(amount);
  });

  it.each([
    ['0.00', 'EUR'],
    ['0.49', 'EUR'],
    ['0.29', 'GBP'],
    ['49', 'JPY'],
    ['1000000.00', 'USD'],
    ['100000000', 'JPY'],
    ['1.234', 'KWD'],
    ['1000.50', 'MGA'],
    ['1000.00', 'KPW'],
  ])('ONL-7: %s %s is not payable', (amount, currency) => {
    expect(chargeOf(amount, currency).fault).toEqual(expect.any(String));
  });
});
