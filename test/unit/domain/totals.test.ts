import { describe, expect, it } from 'vitest';
import { computeSteps } from '#lib/domain/totals-steps.ts';
import { amount, invoice, line, percent, tax, totalsOf } from './totals-builders.ts';

describe('the totals of an invoice', () => {
  it('TOT-2: every step in its order, over two rates with line discount, document discount and fee', () => {
    const totals = totalsOf(
      invoice({
        lineItems: [
          // 3 × 19.99 = 59.97; 10 % of it is 5.997, so 6.00
          line('19.99', tax('S', '20'), { quantity: '3', discount: percent('10') }),
          // 1.5 × 33.333333 = 49.9999995, so 50.00
          line('33.333333', tax('S', '5.5'), { quantity: '1.5' }),
        ],
        discounts: [percent('5')], // 5 % of 103.97 is 5.1985
        fees: [{ ...percent('2'), tax: tax('S', '20') }], // 2 % of 98.77 is 1.9754
      }),
    );
    expect(totals).toEqual({
      lineAmounts: ['53.97', '50.00'],
      subtotal: '103.97',
      // 5.20 × 50.00 / 103.97 = 2.5007 and 5.20 × 53.97 / 103.97 = 2.6993: the cent left over goes to 20 %
      discounts: [
        {
          amount: '5.20',
          parts: [
            { category: 'S', rate: '5.5', amount: '2.50' },
            { category: 'S', rate: '20', amount: '2.70' },
          ],
        },
      ],
      discountTotal: '5.20',
      feeAmounts: ['1.98'],
      feeTotal: '1.98',
      taxes: [
        { category: 'S', rate: '5.5', base: '47.50', amount: '2.61' }, // 2.6125
        { category: 'S', rate: '20', base: '53.25', amount: '10.65' },
      ],
      taxTotal: '13.26',
      total: '114.01', // 103.97 − 5.20 + 1.98 + 13.26
    });
  });

  it('TOT-2: tax is computed on the sum of a rate, not line by line', () => {
    // 20 % of 0.02 is 0.004, which line by line would come to nothing
    const totals = totalsOf(invoice({ lineItems: [line('0.02'), line('0.02'), line('0.02')] }));
    expect(totals.taxes).toEqual([{ category: 'S', rate: '20', base: '0.06', amount: '0.01' }]);
  });

  it('TOT-1: yen have no decimals', () => {
    const totals = totalsOf(
      invoice({
        currency: 'JPY',
        lineItems: [
          line('333', tax('S', '10'), { quantity: '3' }),
          line('25', tax('S', '10'), { quantity: '0.5' }),
        ],
        discounts: [percent('1')], // 1 % of 1012 is 10.12
      }),
    );
    expect(totals).toMatchObject({
      lineAmounts: ['999', '13'],
      subtotal: '1012',
      discountTotal: '10',
      taxTotal: '100', // 10 % of 1002
      total: '1102',
    });
  });

  it('TOT-1: dinars of Kuwait have three decimals', () => {
    const totals = totalsOf(
      invoice({ currency: 'KWD', lineItems: [line('1.2345', tax('S', '5'), { quantity: '7' })] }),
    );
    // 7 × 1.2345 = 8.6415; 5 % of 8.642 is 0.4321
    expect(totals).toMatchObject({
      lineAmounts: ['8.642'],
      taxTotal: '0.432',
      total: '9.074',
      feeTotal: '0.000',
    });
  });

  it('TOT-2: a rate is one however it is written, and is given back without trailing zeros', () => {
    const totals = totalsOf(
      invoice({ lineItems: ['20', '20.0', '20.00', '5.50'].map((rate) => line('10', tax('S', rate))) }),
    );
    expect(totals.taxes.map(({ rate, base }) => [rate, base])).toEqual([
      ['5.5', '10.00'],
      ['20', '30.00'],
    ]);
  });

  it('TOT-2: the percentage of a document discount is of the subtotal, also for the second', () => {
    const totals = totalsOf(invoice({ lineItems: [line('200')], discounts: [percent('50'), percent('10')] }));
    expect(totals.discounts.map((discount) => discount.amount)).toEqual(['100.00', '20.00']);
  });

  it('TOT-2: a fee has a tax of its own, and is a percentage of what the discounts left', () => {
    const totals = totalsOf(
      invoice({
        lineItems: [line('100')],
        discounts: [amount('40')],
        fees: [
          { ...percent('10'), tax: tax('E', '0') },
          { ...amount('5'), tax: tax('S', '20') },
        ],
      }),
    );
    expect(totals).toMatchObject({
      feeAmounts: ['6.00', '5.00'],
      taxes: [
        { category: 'E', rate: '0', base: '6.00', amount: '0.00' },
        { category: 'S', rate: '20', base: '65.00', amount: '13.00' },
      ],
      total: '84.00',
    });
  });

  it('TOT-2: of several texts in a group the first is kept, an exemption code with its own reason', () => {
    const totals = totalsOf(
      invoice({
        lineItems: [
          line('10', tax('E', '0')),
          line('10', { ...tax('E', '0'), label: 'Exempt', exemptionReasonCode: 'VATEX-EU-132' }),
          line('10', { ...tax('E', '0'), label: 'Other', exemptionReason: 'Article 135' }),
        ],
      }),
    );
    expect(totals.taxes).toEqual([
      {
        category: 'E',
        rate: '0',
        base: '30.00',
        amount: '0.00',
        label: 'Exempt',
        exemptionReasonCode: 'VATEX-EU-132',
      },
    ]);
  });

  it.each([
    ['EUR', '0.00'],
    ['JPY', '0'],
    ['KWD', '0.000'],
  ])('TOT-4: an invoice in %s without lines is %s throughout', (currency, nothing) => {
    const totals = totalsOf(invoice({ currency, discounts: [percent('10')] }));
    expect(totals).toEqual({
      lineAmounts: [],
      discounts: [{ amount: nothing, parts: [] }],
      feeAmounts: [],
      subtotal: nothing,
      discountTotal: nothing,
      feeTotal: nothing,
      taxes: [],
      taxTotal: nothing,
      total: nothing,
    });
  });

  it('TOT-4: the tax is given in the accounting currency and its decimals where there is a rate', () => {
    const lineItems = [line('66.30')]; // tax 13.26
    const inUsd = (accountingCurrency: string, exchangeRate: string) =>
      totalsOf(invoice({ currency: 'USD', accountingCurrency, exchangeRate, lineItems })).taxTotalAccounting;
    expect(inUsd('EUR', '0.9123456789')).toBe('12.10'); // 12.0977…
    expect(inUsd('JPY', '151.5')).toBe('2009'); // 2008.89
    expect(inUsd('KWD', '0.3075')).toBe('4.077'); // 4.07745
  });

  it('TOT-5: each step can be read, with what it was made from', () => {
    const result = computeSteps(
      invoice({ lineItems: [line('10', undefined, { discount: percent('25') })], discounts: [amount('1')] }),
    );
    if (!result.ok) throw new Error('faults');
    const [first] = result.steps.lines;
    expect([first?.gross, first?.discount, first?.amount].map(String)).toEqual(['10', '2.5', '7.5']);
    expect(result.steps.discounts[0]?.parts.map((part) => part.amount.toFixed())).toEqual(['1']);
    expect(result.steps.taxes.map(({ base, amount: due }) => [base.toFixed(2), due.toFixed(2)])).toEqual([
      ['6.50', '1.30'],
    ]);
  });
});
