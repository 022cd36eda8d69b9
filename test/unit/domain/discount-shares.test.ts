import { describe, expect, it } from 'vitest';
import { shareOut } from '#lib/domain/discount-shares.ts';
import { amount, invoice, line, percent, tax, totalsOf } from './totals-builders.ts';

const partsOf = (input: Parameters<typeof totalsOf>[0]): string[][] =>
  totalsOf(input).discounts.map(({ parts }) =>
    parts.map((part) => `${part.category} ${part.rate}: ${part.amount}`),
  );

describe('sharing out a document discount', () => {
  it('TOT-3: what rounding down leaves goes to the largest remainders', () => {
    // of 10.00: 1.428…, 2.857…, 5.714… for 1 : 2 : 4; two cents are left, for 2.857 and 1.428
    const lineItems = [line('1', tax('S', '5')), line('2', tax('S', '10')), line('4', tax('S', '20'))];
    expect(partsOf(invoice({ lineItems, discounts: [amount('1')] }))).toEqual([
      ['S 5: 0.14', 'S 10: 0.29', 'S 20: 0.57'],
    ]);
  });

  it('TOT-3: a tie goes to the category that comes first by its code', () => {
    const lineItems = [line('10', tax('Z', '0')), line('10', tax('S', '20')), line('10', tax('AE', '0'))];
    expect(partsOf(invoice({ lineItems, discounts: [amount('0.05')] }))).toEqual([
      ['AE 0: 0.02', 'S 20: 0.02', 'Z 0: 0.01'],
    ]);
  });

  it('TOT-3: a tie within a category goes to the lower rate, by its number', () => {
    const lineItems = [line('10', tax('S', '20')), line('10', tax('S', '5.5')), line('10', tax('S', '10'))];
    expect(partsOf(invoice({ lineItems, discounts: [amount('0.01')] }))).toEqual([['S 5.5: 0.01']]);
  });

  it('TOT-3: only the lines bear a discount, never a fee', () => {
    const fees = [{ ...amount('90'), tax: tax('S', '10') }];
    expect(partsOf(invoice({ lineItems: [line('10')], fees, discounts: [amount('3')] }))).toEqual([
      ['S 20: 3.00'],
    ]);
  });

  it('TOT-3: lines of nothing bear nothing, and a discount of nothing has no parts', () => {
    const free = line('0', tax('S', '10'));
    expect(
      partsOf(invoice({ lineItems: [free, line('10')], discounts: [percent('10'), amount('0')] })),
    ).toEqual([['S 20: 1.00'], []]);
    expect(partsOf(invoice({ lineItems: [free], discounts: [percent('100')] }))).toEqual([[]]);
  });

  it('TOT-3: several discounts never take more from a rate than is in it', () => {
    // each cent by itself would go to the same group
    const lineItems = [
      line('0.01', tax('S', '5')),
      line('0.01', tax('S', '10')),
      line('0.01', tax('S', '20')),
    ];
    const discounts = [amount('0.01'), amount('0.01'), amount('0.01')];
    expect(partsOf(invoice({ lineItems, discounts }))).toEqual([
      ['S 5: 0.01'],
      ['S 10: 0.01'],
      ['S 20: 0.01'],
    ]);
    expect(totalsOf(invoice({ lineItems, discounts })).taxes.map(({ base }) => base)).toEqual([
      '0.00',
      '0.00',
      '0.00',
    ]);
  });

  it('TOT-3: what an emptied rate can no longer bear goes to the others', () => {
    // three ties emptied the lower rate; half of the last discount, 1.5 cents, would fall on it again
    const lineItems = [line('0.03', tax('S', '5')), line('0.03', tax('S', '20'))];
    const discounts = [amount('0.01'), amount('0.01'), amount('0.01'), amount('0.03')];
    expect(partsOf(invoice({ lineItems, discounts }))).toEqual([
      ['S 5: 0.01'],
      ['S 5: 0.01'],
      ['S 5: 0.01'],
      ['S 20: 0.03'],
    ]);
  });

  it('TOT-3: yen are shared out whole', () => {
    const lineItems = [line('100', tax('S', '8')), line('200', tax('S', '10'))];
    expect(partsOf(invoice({ currency: 'JPY', lineItems, discounts: [amount('100')] }))).toEqual([
      ['S 8: 33', 'S 10: 67'],
    ]);
  });

  it('TOT-3: more than there is room for is refused rather than lost', () => {
    expect(() => shareOut(3n, [1n, 1n], [1n, 1n])).toThrow(RangeError);
  });
});
