import { describe, expect, it } from 'vitest';
import { computeTotals } from '#lib/domain/totals.ts';
import { amount, faultsOf, invoice, line, percent, tax } from './totals-builders.ts';

const nines = '999999999999999';

describe('what only arithmetic finds wrong with an invoice', () => {
  it('TOT-6: a line discount over the line is refused, up to the whole line is not', () => {
    const discounted = (value: string) => line('10', undefined, { discount: amount(value) });
    expect(faultsOf(invoice({ lineItems: [discounted('10'), line('1'), discounted('10.01')] }))).toEqual([
      '/lineItems/2/discount/value discount_too_large',
    ]);
  });

  it('TOT-6: the document discount that goes over the subtotal is the one refused', () => {
    const discounts = [amount('60'), percent('50'), amount('40'), amount('0.01')];
    expect(faultsOf(invoice({ lineItems: [line('100')], discounts }))).toEqual([
      '/discounts/1/value discount_too_large',
      '/discounts/3/value discount_too_large',
    ]);
  });

  it('TOT-6: a discount on nothing is refused', () => {
    expect(faultsOf(invoice({ discounts: [amount('0.01')] }))).toEqual([
      '/discounts/0/value discount_too_large',
    ]);
  });

  it('TOT-1: a fixed amount has no more decimals than its currency', () => {
    const input = {
      lineItems: [line('100.123456', undefined, { discount: amount('0.5') })],
      discounts: [amount('1.50'), percent('1.2345')],
      fees: [{ ...amount('1.505'), tax: tax('S', '20') }],
    };
    expect(faultsOf(invoice({ ...input, currency: 'KWD' }))).toEqual([]);
    expect(faultsOf(invoice(input))).toEqual(['/fees/0/value too_many_decimals']);
    expect(faultsOf(invoice({ ...input, currency: 'JPY' }))).toEqual([
      '/lineItems/0/discount/value too_many_decimals',
      '/discounts/0/value too_many_decimals',
      '/fees/0/value too_many_decimals',
    ]);
  });

  it('TOT-6: all faults are told at once, none that merely follows from another', () => {
    const lineItems = [
      line('10', undefined, { discount: amount('11') }),
      line(nines, undefined, { quantity: '2' }),
      line('10', undefined, { discount: amount('1.001') }),
    ];
    const fees = [{ ...percent('100'), tax: tax('S', '20') }];
    expect(faultsOf(invoice({ lineItems, fees, discounts: [amount('0.001'), amount('1')] }))).toEqual([
      '/lineItems/0/discount/value discount_too_large',
      '/lineItems/1 amount_too_large',
      '/lineItems/2/discount/value too_many_decimals',
      '/discounts/0/value too_many_decimals',
    ]);
  });

  it('TOT-6: a faulty line discount does not make a document discount faulty too', () => {
    const lineItems = [line('10', undefined, { discount: amount('11') })];
    expect(faultsOf(invoice({ lineItems, discounts: [amount('10')] }))).toEqual([
      '/lineItems/0/discount/value discount_too_large',
    ]);
  });

  it('API-8: fifteen integer digits are allowed', () => {
    const input = invoice({ lineItems: [line(`${nines}.99`, tax('O', '0'))] });
    expect(faultsOf(input)).toEqual([]);
  });

  it.each([
    ['a line', '/lineItems/0', { lineItems: [line(nines, tax('O', '0'), { quantity: '1.1' })] }],
    ['the rounding of a line', '/lineItems/0', { lineItems: [line(`${nines}.995`, tax('O', '0'))] }],
    ['the subtotal', '/lineItems', { lineItems: [line(nines), line('1')], discounts: [amount('100')] }],
    ['a fee', '/fees/0', { lineItems: [line(nines)], fees: [{ ...percent('101'), tax: tax('O', '0') }] }],
    ['a tax', '/lineItems/1/tax/rate', { lineItems: [line('1'), line('900000000000000', tax('S', '200'))] }],
    ['the total', '/lineItems', { lineItems: [line('900000000000000')] }],
    ['the total of fees', '/fees', { fees: [{ ...amount(nines), tax: tax('S', '1') }] }],
    ['the accounting tax', '/exchangeRate', { lineItems: [line('500000000000000')], exchangeRate: '1000' }],
  ])('API-8: %s of more than fifteen integer digits is refused at %s', (_what, pointer, input) => {
    expect(faultsOf(invoice(input))).toEqual([`${pointer} amount_too_large`]);
  });

  it.each([
    ['a negative quantity', { lineItems: [line('1', undefined, { quantity: '-1' })] }],
    ['a negative price', { lineItems: [line('-1')] }],
    ['a negative discount', { lineItems: [line('1')], discounts: [amount('-1')] }],
    ['a negative fee', { fees: [{ ...amount('-1'), tax: tax('S', '20') }] }],
    ['a discount of over 100 percent', { discounts: [percent('100.0001')] }],
    [
      'a line discount of over 100 percent',
      { lineItems: [line('0', undefined, { discount: percent('101') })] },
    ],
    ['an exempt line with a rate', { lineItems: [line('1', tax('E', '20'))] }],
    ['a reverse charge fee with a rate', { fees: [{ ...amount('1'), tax: tax('AE', '0.1') }] }],
    ['a number with an exponent', { lineItems: [line('1e3')] }],
    ['no currency', { currency: 'XXX' }],
  ])('TOT-6: %s, which the schema refuses, is never computed with', (_what, input) => {
    expect(() => computeTotals(invoice(input))).toThrow(RangeError);
  });
});
