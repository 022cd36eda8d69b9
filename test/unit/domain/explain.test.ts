import { describe, expect, it } from 'vitest';
import { explainTotals, type NamedTotalsInput } from '#lib/domain/explain.ts';
import { followed } from './explain-follower.ts';
import { amount, invoice, line, percent, tax } from './totals-builders.ts';

const stepsOf = (input: NamedTotalsInput) => explainTotals(input).steps;
/** A step as a person would note it. */
const noted = (input: NamedTotalsInput, ...names: string[]): string[] =>
  stepsOf(input)
    .filter(({ step }) => names.length === 0 || names.includes(step))
    .map(({ step, formula, exact, result }) => `${step}: ${formula} = ${exact} → ${result}`);

const twoRates = [line('66.67', tax('S', '20')), line('33.33', tax('S', '5.5'))];
const threeRates = [line('1', tax('S', '5')), line('2', tax('S', '10')), line('4', tax('S', '20'))];

describe('the computation, step by step', () => {
  it('TOT-5: goes from the lines to the total', () => {
    const lineItems = [
      { ...line('42.50'), quantity: '3' },
      { ...line('0.125', tax('S', '20')), quantity: '7', discount: percent('10') },
    ];
    expect(
      noted(
        invoice({ lineItems, discounts: [percent('2.5')], fees: [{ ...percent('1'), tax: tax('S', '20') }] }),
      ),
    ).toEqual([
      'line_amount: 3 × 42.50 = 127.5 → 127.50',
      'line_gross: 7 × 0.125 = 0.875 → 0.88',
      'line_discount: 0.88 × 10% = 0.088 → 0.09',
      'line_amount: 0.88 − 0.09 = 0.79 → 0.79',
      'subtotal: 127.50 + 0.79 = 128.29 → 128.29',
      'discount: 128.29 × 2.5% = 3.20725 → 3.21',
      'discount_share: 3.21 = 3.21 → 3.21',
      'discount_total: 3.21 = 3.21 → 3.21',
      'fee: (128.29 − 3.21) × 1% = 1.2508 → 1.25',
      'fee_total: 1.25 = 1.25 → 1.25',
      'tax_base: 127.50 + 0.79 + 1.25 − 3.21 = 126.33 → 126.33',
      'tax: 126.33 × 20% = 25.266 → 25.27',
      'tax_total: 25.27 = 25.27 → 25.27',
      'total: 128.29 − 3.21 + 1.25 + 25.27 = 151.6 → 151.60',
    ]);
  });

  it('TOT-5: leaves out what would say nothing', () => {
    expect(noted(invoice({ lineItems: [line('10')] }))).toEqual([
      'line_amount: 1 × 10 = 10 → 10.00',
      'subtotal: 10.00 = 10 → 10.00',
      'tax_base: 10.00 = 10 → 10.00',
      'tax: 10.00 × 20% = 2 → 2.00',
      'tax_total: 2.00 = 2 → 2.00',
      'total: 10.00 + 2.00 = 12 → 12.00',
    ]);
    expect(noted(invoice())).toEqual(['subtotal: 0 = 0 → 0.00', 'total: 0.00 = 0 → 0.00']);
  });

  it('TOT-5: says what each step is about, and which rule it follows', () => {
    const lineItems = [{ ...line('10', { ...tax('S', '20'), label: 'VAT' }), name: 'Layout' }];
    const discounts = [{ ...amount('1'), label: 'Regular customer' }];
    const told = stepsOf(invoice({ lineItems, discounts })).map(
      ({ step, rule, pointer, label }) => `${rule} ${step} ${pointer} ${label}`,
    );
    expect(told).toEqual([
      'TOT-2 line_amount /lineItems/0/amount Layout',
      'TOT-2 subtotal /subtotal null',
      'TOT-2 discount /discounts/0/amount Regular customer',
      'TOT-3 discount_share /discounts/0/parts/0/amount VAT, S 20%',
      'TOT-4 discount_total /discountTotal null',
      'TOT-2 tax_base /taxes/0/base VAT, S 20%',
      'TOT-2 tax /taxes/0/amount VAT, S 20%',
      'TOT-4 tax_total /taxTotal null',
      'TOT-4 total /total null',
    ]);
  });

  it('TOT-5: a fixed discount is taken as it is written', () => {
    const [discount] = stepsOf(invoice({ lineItems: [line('10')], discounts: [amount('1.5')] })).filter(
      ({ step }) => step === 'discount',
    );
    expect(discount).toMatchObject({ formula: '1.5', exact: '1.5', rounding: 'none', result: '1.50' });
  });

  it('TOT-5: shows quotas and remainders of a shared discount, and who gets the cents that are left', () => {
    const input = invoice({ lineItems: threeRates, discounts: [amount('1')] });
    expect(noted(input, 'discount_quota', 'discount_rest', 'discount_share')).toEqual([
      'discount_quota: 1.00 × 1.00 ÷ 7.00 = 0.14 + 0.02 ÷ 7.00 → 0.14',
      'discount_quota: 1.00 × 2.00 ÷ 7.00 = 0.28 + 0.04 ÷ 7.00 → 0.28',
      'discount_quota: 1.00 × 4.00 ÷ 7.00 = 0.57 + 0.01 ÷ 7.00 → 0.57',
      'discount_rest: 1.00 − 0.14 − 0.28 − 0.57 = 0.01 → 0.01',
      'discount_share: 0.14 = 0.14 → 0.14',
      'discount_share: 0.28 + 0.01 = 0.29 → 0.29',
      'discount_share: 0.57 = 0.57 → 0.57',
    ]);
    const notes = stepsOf(input).flatMap(({ label, note }) => (note === null ? [] : [[label, note]]));
    expect(notes).toEqual([
      [
        null,
        'Given out by 0.01 each, the largest remainder first; of equal ones the category first by its code, then the lower rate.',
      ],
      ['S 10%', 'Its remainder is number 1 by size: it gets 0.01 of the rest.'],
    ]);
  });

  it('TOT-5: shows where earlier discounts left too little of a rate', () => {
    const lineItems = [line('0.03', tax('S', '5')), line('0.03', tax('S', '20'))];
    const discounts = [amount('0.01'), amount('0.01'), amount('0.01'), amount('0.03')];
    const last = stepsOf(invoice({ lineItems, discounts })).filter(({ pointer }) =>
      pointer.startsWith('/discounts/3'),
    );
    expect(last.map(({ step, formula, result, note }) => [step, formula, result, note])).toEqual([
      ['discount', '0.03', '0.03', null],
      [
        'discount_quota',
        'min(0.03 × 0.03 ÷ 0.06, 0.00)',
        '0.00',
        'The discounts before leave only 0.00 of it.',
      ],
      ['discount_quota', '0.03 × 0.03 ÷ 0.06', '0.01', null],
      [
        'discount_rest',
        '0.03 − 0.00 − 0.01',
        '0.02',
        'Given out by 0.01 each, the largest remainder first; of equal ones the category first by its code, then the lower rate.',
      ],
      [
        'discount_share',
        '0.01 + 0.02',
        '0.03',
        'Its remainder is number 2 by size: it gets 0.02 of the rest.',
      ],
    ]);
  });

  it('TOT-5: a discount that divides evenly leaves no rest', () => {
    const input = invoice({ lineItems: twoRates, discounts: [percent('100')] });
    expect(noted(input, 'discount_quota', 'discount_rest')).toEqual([
      'discount_quota: 100.00 × 33.33 ÷ 100.00 = 33.33 → 33.33',
      'discount_quota: 100.00 × 66.67 ÷ 100.00 = 66.67 → 66.67',
      'discount_rest: 100.00 − 33.33 − 66.67 = 0 → 0.00',
    ]);
  });

  it('TOT-5: the tax in the accounting currency is rounded to its own decimals', () => {
    const input = invoice({
      currency: 'USD',
      accountingCurrency: 'JPY',
      exchangeRate: '151.5',
      lineItems: [line('66.30')],
    });
    expect(stepsOf(input).at(-1)).toMatchObject({
      step: 'tax_total_accounting',
      label: 'JPY',
      formula: '13.26 × 151.5',
      exact: '2008.89',
      rounding: 'nearest',
      result: '2009',
    });
  });

  it('TOT-5: a thousand lines can be followed', () => {
    const lineItems = Array.from({ length: 1_000 }, (_, index) =>
      line(`${index}.125`, tax('S', index % 2 === 0 ? '20' : '5.5'), { discount: percent('3.3333') }),
    );
    const input = invoice({ lineItems, discounts: [percent('1.2345'), amount('7')] });
    expect(followed(input)).toEqual([]);
    expect(stepsOf(input)).toHaveLength(3_000 + 1 + 2 * 6 + 1 + 4 + 2);
  });

  it('TOT-5: there is nothing to explain where the amounts are faulty', () => {
    const input = invoice({ lineItems: [line('1')], discounts: [amount('2')] });
    expect(() => explainTotals(input)).toThrow(/\/discounts\/0\/value discount_too_large/);
  });
});
