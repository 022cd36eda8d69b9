import fc from 'fast-check';
import { currencyDecimals } from '#lib/domain/currency.ts';
import type { TotalsInput } from '#lib/domain/totals.ts';
import { computeIndependently } from './independent-totals.ts';
import { amount, type Discount, type Fee, invoice, type Line, tax } from './totals-builders.ts';

/** Invoices for properties that hold for all of them. */

const written = (units: bigint, decimals: number): string => {
  const digits = `${units}`.padStart(decimals + 1, '0');
  return decimals === 0 ? digits : `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
};

const decimalUpTo = (max: bigint, decimals: number) =>
  fc.bigInt({ min: 0n, max: max * 10n ** BigInt(decimals) }).map((value) => written(value, decimals));

const anyTax: fc.Arbitrary<Line['tax']> = fc.constantFrom(
  tax('S', '20'),
  tax('S', '20.00'),
  tax('S', '5.5'),
  tax('S', '2.1'),
  tax('L', '8.1250'),
  tax('AE', '0'),
  tax('Z', '0.0'),
);
const anyPercent = decimalUpTo(30n, 4).map((value): Discount => ({ type: 'percent', value }));

/** Amounts of a few minor units beside large ones: the small ones are where rounding bites. */
const anyLine: fc.Arbitrary<Line> = fc.record({
  quantity: fc.oneof(fc.constant('1'), decimalUpTo(20n, 6)),
  unitPrice: fc.oneof(decimalUpTo(5n, 1), decimalUpTo(1n, 2), decimalUpTo(100_000n, 6)),
  discount: fc.option(anyPercent, { nil: undefined }),
  tax: anyTax,
});

export const anyInvoice: fc.Arbitrary<TotalsInput> = fc
  .record({
    currency: fc.constantFrom('EUR', 'JPY', 'KWD', 'CLF'),
    lineItems: fc.array(anyLine, { maxLength: 8 }),
    percents: fc.array(anyPercent, { maxLength: 3 }),
    fees: fc.array(
      fc.tuple(anyPercent, anyTax).map(([fee, feeTax]): Fee => ({ ...fee, tax: feeTax })),
      { maxLength: 2 },
    ),
  })
  .map(({ percents, ...rest }) => invoice({ ...rest, discounts: percents }))
  // Each percentage of a subtotal of a few minor units is rounded up by itself, so that they can go over it.
  .filter((input) => {
    const { discounts, subtotal } = computeIndependently(input);
    return discounts.reduce((total, one) => total + one, 0n) <= subtotal;
  });

/** Lines that tie, at one, three or six minor units each. */
const tyingInvoice: fc.Arbitrary<TotalsInput> = fc
  .array(
    fc.record({ quantity: fc.constantFrom('1', '3', '6'), unitPrice: fc.constant('0.001'), tax: anyTax }),
    { maxLength: 6 },
  )
  .map((lineItems) => invoice({ currency: 'KWD', lineItems }));

/** An invoice whose discounts, the earlier ones of a few minor units, take its whole subtotal. */
export const givenAway: fc.Arbitrary<TotalsInput> = fc
  .tuple(fc.oneof(anyInvoice, tyingInvoice), fc.array(fc.bigInt({ min: 0n, max: 3n }), { maxLength: 19 }))
  .map(([input, wishes]) => {
    let left = computeIndependently({ ...input, discounts: [] }).subtotal;
    const sizes = wishes.map((wish) => {
      const size = wish > left ? 0n : wish;
      left -= size;
      return size;
    });
    const decimals = currencyDecimals(input.currency) ?? 0;
    return { ...input, discounts: [...sizes, left].map((size) => amount(written(size, decimals))) };
  });
