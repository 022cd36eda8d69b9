import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { currencyDecimals } from '#lib/domain/currency.ts';
import type { Totals, TotalsInput } from '#lib/domain/totals.ts';
import { computeIndependently, groupOf, taxOn } from './independent-totals.ts';
import { amount, type Discount, type Fee, invoice, type Line, tax, totalsOf } from './totals-builders.ts';

const written = (units: bigint, decimals: number): string => {
  const digits = `${units}`.padStart(decimals + 1, '0');
  return decimals === 0 ? digits : `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
};
const units = (text: string): bigint => BigInt(text.replace('.', ''));
const added = (texts: readonly string[]): bigint => texts.reduce((total, text) => total + units(text), 0n);

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

const anyInvoice: fc.Arbitrary<TotalsInput> = fc
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
const givenAway: fc.Arbitrary<TotalsInput> = fc
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

/** Parts of a discount by group, in minor units. */
const partsByGroup = ({ parts }: Totals['discounts'][number]): Map<string, bigint> =>
  new Map(parts.map((part) => [groupOf(part), units(part.amount)]));

describe('for any invoice', () => {
  it('TOT-4: subtotal, discounts, fees, taxes and total add up exactly', () => {
    fc.assert(
      fc.property(fc.oneof(anyInvoice, givenAway), (input) => {
        const totals = totalsOf(input);
        expect(added(totals.lineAmounts)).toBe(units(totals.subtotal));
        expect(added(totals.discounts.map((discount) => discount.amount))).toBe(units(totals.discountTotal));
        expect(added(totals.feeAmounts)).toBe(units(totals.feeTotal));
        expect(added(totals.taxes.map((one) => one.amount))).toBe(units(totals.taxTotal));
        const net = units(totals.subtotal) - units(totals.discountTotal) + units(totals.feeTotal);
        expect(added(totals.taxes.map((one) => one.base))).toBe(net);
        expect(units(totals.total)).toBe(net + units(totals.taxTotal));
      }),
    );
  });

  it('TOT-3: the parts of a discount are above zero, in order, and add up to it', () => {
    fc.assert(
      fc.property(fc.oneof(anyInvoice, givenAway), (input) => {
        const { groups } = computeIndependently(input);
        for (const discount of totalsOf(input).discounts) {
          expect(added(discount.parts.map((part) => part.amount))).toBe(units(discount.amount));
          expect(discount.parts.filter((part) => units(part.amount) <= 0n)).toEqual([]);
          const bearing = partsByGroup(discount);
          expect(discount.parts.map(groupOf)).toEqual(groups.filter((group) => bearing.has(group)));
        }
      }),
    );
  });

  it('TOT-3: discounts that take the whole subtotal leave every base at zero, never below', () => {
    fc.assert(
      fc.property(givenAway, (input) => {
        const { taxes, total } = totalsOf({ ...input, fees: [] });
        expect(taxes.filter((one) => units(one.base) !== 0n)).toEqual([]);
        expect(units(total)).toBe(0n);
      }),
      { numRuns: 300 },
    );
  });

  it('TOT-6: no base and no total is below zero', () => {
    fc.assert(
      fc.property(anyInvoice, (input) => {
        const { taxes, total } = totalsOf(input);
        expect([...taxes.map((one) => one.base), total].filter((text) => text.startsWith('-'))).toEqual([]);
      }),
    );
  });

  it('TOT-3: the order of the lines changes nothing but their own order', () => {
    fc.assert(
      fc.property(
        anyInvoice.chain((input) =>
          fc.tuple(
            fc.constant(input),
            fc.shuffledSubarray([...input.lineItems], { minLength: input.lineItems.length }),
          ),
        ),
        ([input, lineItems]) => {
          const { lineAmounts, ...rest } = totalsOf(input);
          const { lineAmounts: shuffledAmounts, ...shuffled } = totalsOf({ ...input, lineItems });
          expect(shuffled).toEqual(rest);
          expect([...shuffledAmounts].sort()).toEqual([...lineAmounts].sort());
        },
      ),
    );
  });

  it('TOT-2: the amounts are those of an independent evaluation in fractions', () => {
    fc.assert(
      fc.property(fc.oneof(anyInvoice, givenAway), (input) => {
        const totals = totalsOf(input);
        const expected = computeIndependently(input);
        expect(totals.lineAmounts.map(units)).toEqual(expected.lines);
        expect(units(totals.subtotal)).toBe(expected.subtotal);
        expect(totals.discounts.map((discount) => units(discount.amount))).toEqual(expected.discounts);
        expect(totals.feeAmounts.map(units)).toEqual(expected.fees);
        for (const one of totals.taxes) expect(units(one.amount)).toBe(taxOn(units(one.base), groupOf(one)));
      }),
      { numRuns: 300 },
    );
  });

  it('TOT-3: the parts are those of an independent evaluation, wherever that leaves no base below zero', () => {
    let compared = 0;
    fc.assert(
      fc.property(anyInvoice, (input) => {
        const totals = totalsOf(input);
        const { groups, parts } = computeIndependently(input);
        const bases = new Map(
          totalsOf({ ...input, discounts: [], fees: [] }).taxes.map((one) => [groupOf(one), units(one.base)]),
        );
        const taken = (group: number): bigint => parts.reduce((sum, each) => sum + (each[group] ?? 0n), 0n);
        if (groups.some((group, index) => taken(index) > (bases.get(group) ?? 0n))) return;
        compared += 1;
        const actual = totals.discounts.map(partsByGroup);
        expect(actual.map((one) => groups.map((group) => one.get(group) ?? 0n))).toEqual(parts);
      }),
      { numRuns: 500 },
    );
    expect(compared).toBeGreaterThan(250);
  });
});
