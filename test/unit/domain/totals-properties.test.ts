import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Totals } from '#lib/domain/totals.ts';
import { computeIndependently, groupOf, taxOn } from './independent-totals.ts';
import { anyInvoice, givenAway } from './totals-arbitraries.ts';
import { totalsOf } from './totals-builders.ts';

const units = (text: string): bigint => BigInt(text.replace('.', ''));
const added = (texts: readonly string[]): bigint => texts.reduce((total, text) => total + units(text), 0n);

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
