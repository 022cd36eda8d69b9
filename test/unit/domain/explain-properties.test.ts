import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { explainTotals } from '#lib/domain/explain.ts';
import { followed } from './explain-follower.ts';
import { anyInvoice, givenAway } from './totals-arbitraries.ts';

const abroad = fc.record({
  accountingCurrency: fc.constantFrom('EUR', 'JPY', 'KWD'),
  exchangeRate: fc.constantFrom('0.0000000001', '0.9123456789', '151.5'),
});
const explained = fc
  .tuple(fc.oneof(anyInvoice, givenAway), fc.option(abroad, { nil: {} }))
  .map(([input, rate]) => ({ ...input, ...rate }));

describe('the explanation of any invoice', () => {
  it('TOT-5: gives, step by step on a calculator, every amount of the invoice', () => {
    fc.assert(
      fc.property(explained, (input) => {
        expect(followed(input)).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  it('TOT-5: goes in the order of the rules', () => {
    fc.assert(
      fc.property(explained, (input) => {
        const { steps } = explainTotals(input);
        const places = (name: string) => steps.flatMap(({ step }, index) => (step === name ? [index] : []));
        const order = ['line_amount', 'subtotal', 'discount_total', 'fee_total', 'tax', 'tax_total', 'total'];
        const seen = order.flatMap(places);
        expect(seen).toEqual(seen.toSorted((left, right) => left - right));
      }),
    );
  });
});
