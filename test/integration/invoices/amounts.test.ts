import { describe, expect, it } from 'vitest';
import { line, newAccount, newContact, newDraft, ok } from '#test/support/account.ts';
import type { Answer, Json } from '#test/support/service.ts';

const faults = ({ body }: Answer) =>
  (body.errors as Json[]).map(({ pointer, code }) => `${pointer} ${code}`).sort();
const standard = (rate: string) => ({ category: 'S', rate });

/** Amounts as whole numbers of a ten-thousandth, so that sums are exact. */
const units = (amount: string): bigint => {
  const [integer = '0', decimals = ''] = amount.split('.');
  return BigInt(integer + decimals.padEnd(4, '0'));
};
const total = (amounts: readonly string[]): bigint => amounts.reduce((sum, one) => sum + units(one), 0n);
const amountsIn = (list: Json[]): string[] => list.map(({ amount }) => amount);

/** TOT-4: what every answer of an invoice has to fulfil. */
const expectToAddUp = (invoice: Json): void => {
  expect(total(amountsIn(invoice.lineItems))).toBe(units(invoice.subtotal));
  expect(total(amountsIn(invoice.discounts))).toBe(units(invoice.discountTotal));
  expect(total(amountsIn(invoice.fees))).toBe(units(invoice.feeTotal));
  expect(total(amountsIn(invoice.taxes))).toBe(units(invoice.taxTotal));
  const bases = invoice.taxes.map(({ base }: Json) => base);
  const net = units(invoice.subtotal) - units(invoice.discountTotal) + units(invoice.feeTotal);
  expect(total(bases)).toBe(net);
  expect(net + units(invoice.taxTotal)).toBe(units(invoice.total));
  expect(units(invoice.total) - units(invoice.amountPaid)).toBe(units(invoice.balanceDue));
  for (const { amount, parts } of invoice.discounts) expect(total(amountsIn(parts))).toBe(units(amount));
};

describe('the amounts of an invoice', () => {
  it('TOT-2: a worked example with two rates, line and document discounts and a fee', async () => {
    const { admin } = await newAccount();
    const invoice = await newDraft(admin, {
      lineItems: [
        // 3 × 19.99 = 59.97, less round(10 %) = 6.00
        line({
          ...{ quantity: '3', unitPrice: '19.99', tax: standard('20') },
          discount: { type: 'percent', value: '10' },
        }),
        // 0.333333 × 100 = 33.3333 → 33.33
        line({ quantity: '0.333333', unitPrice: '100', tax: standard('5.5') }),
      ],
      discounts: [{ type: 'amount', value: '10' }],
      fees: [{ type: 'percent', value: '2.5', tax: standard('20.00') }],
    });
    expect(invoice).toMatchObject({
      ...{ subtotal: '87.30', discountTotal: '10.00', feeTotal: '1.93', total: '90.79' },
      // 10 × 53.97 / 87.30 = 6.1821 and 10 × 33.33 / 87.30 = 3.8178: the cent goes to the larger remainder
      discounts: [
        {
          parts: [
            { category: 'S', rate: '5.5', amount: '3.82' },
            { category: 'S', rate: '20', amount: '6.18' },
          ],
        },
      ],
      taxes: [
        { category: 'S', rate: '5.5', base: '29.51', amount: '1.62' }, // 1.62305
        { category: 'S', rate: '20', base: '49.72', amount: '9.94' }, // 53.97 − 6.18 + 1.93; 9.944
      ],
      taxTotal: '11.56',
    });
    expectToAddUp(invoice);
  });

  it('TOT-1: half a unit is rounded away from zero, in the currency’s own decimals', async () => {
    const { admin } = await newAccount();
    const totals = async (currency: string, unitPrice: string) =>
      (await newDraft(admin, { currency, lineItems: [line({ unitPrice })] })).total;
    expect(await totals('EUR', '0.005')).toBe('0.01');
    expect(await totals('EUR', '0.004999')).toBe('0.00');
    expect(await totals('JPY', '0.5')).toBe('1');
    expect(await totals('KWD', '1.0005')).toBe('1.001');
    expect(await totals('CLF', '1.00005')).toBe('1.0001');
  });

  it('TOT-3: a discount of a cent over equal rates falls to the category’s code, then the lower rate', async () => {
    const { admin } = await newAccount();
    const invoice = await newDraft(admin, {
      lineItems: ['20', '10', '5.5'].map((rate) => line({ unitPrice: '1', tax: standard(rate) })),
      discounts: [
        { type: 'amount', value: '0.01' },
        { type: 'amount', value: '0.02' },
      ],
    });
    expect(invoice.discounts.map(({ parts }: Json) => parts)).toEqual([
      [{ category: 'S', rate: '5.5', amount: '0.01' }],
      [
        { category: 'S', rate: '5.5', amount: '0.01' },
        { category: 'S', rate: '10', amount: '0.01' },
      ],
    ]);
    expectToAddUp(invoice);
  });

  it('TOT-4: they add up as a draft, after a change, when finalized, and as they are paid', async () => {
    const { admin } = await newAccount();
    const contact = await newContact(admin);
    const draft = await newDraft(admin, {
      contactId: contact.id,
      exchangeRate: '1.0725',
      lineItems: Array.from({ length: 37 }, (_, index) =>
        line({
          ...{ quantity: `${index + 1}.37`, unitPrice: '13.333333' },
          tax: standard(['0', '2.1', '5.5', '20'][index % 4] as string),
          ...(index % 3 === 0 && { discount: { type: 'percent', value: '7.125' } }),
        }),
      ),
      discounts: [
        { type: 'percent', value: '3.3333' },
        { type: 'amount', value: '17.77' },
      ],
      fees: [
        { type: 'percent', value: '150', tax: standard('20') },
        { type: 'amount', value: '4.99' },
      ],
    });
    expectToAddUp(draft);
    const patched = ok(
      await admin.patch(`/v1/invoices/${draft.id}`, { discounts: [{ type: 'percent', value: '99.9999' }] }),
    );
    expectToAddUp(patched);
    const finalized = ok(await admin.post(`/v1/invoices/${draft.id}/finalize`));
    expectToAddUp(finalized);
    ok(await admin.post(`/v1/invoices/${draft.id}/payments`, { amount: '0.01', method: 'cash' }));
    const paid = ok(await admin.get(`/v1/invoices/${draft.id}`));
    expect(paid.amountPaid).toBe('0.01');
    expectToAddUp(paid);
    expect(ok(await admin.get('/v1/invoices?sort=-total')).data[0]).toMatchObject({
      ...{ total: paid.total, balanceDue: paid.balanceDue, taxTotal: paid.taxTotal },
    });
  });

  it('TOT-2: 20 and 20.00 are one rate, and its tax is computed once', async () => {
    const { admin } = await newAccount();
    const invoice = await newDraft(admin, {
      lineItems: ['20', '20.0', '20.0000'].map((rate) => line({ unitPrice: '0.12', tax: standard(rate) })),
    });
    expect(invoice.taxes).toMatchObject([{ category: 'S', rate: '20', base: '0.36', amount: '0.07' }]);
  });
});

describe('faulty amounts', () => {
  const cases: [string, Record<string, unknown>, string[]][] = [
    [
      'a negative unit price',
      { lineItems: [line({ unitPrice: '-1' })] },
      ['/lineItems/0/unitPrice invalid_amount'],
    ],
    [
      'a negative quantity',
      { lineItems: [line({ quantity: '-1' })] },
      ['/lineItems/0/quantity invalid_amount'],
    ],
    [
      'a number as text of another form',
      { lineItems: [line({ quantity: '1e3' })] },
      ['/lineItems/0/quantity invalid_amount'],
    ],
    ['a JavaScript number', { lineItems: [line({ quantity: 1 })] }, ['/lineItems/0/quantity invalid_type']],
    [
      'seven decimals',
      { lineItems: [line({ unitPrice: '1.0000001' })] },
      ['/lineItems/0/unitPrice invalid_amount'],
    ],
    [
      'a discount over 100 percent',
      { discounts: [{ type: 'percent', value: '100.0001' }] },
      ['/discounts/0/value invalid_amount'],
    ],
    [
      'a rate for a category that has none',
      { lineItems: [line({ tax: { category: 'Z', rate: '5' } })] },
      ['/lineItems/0/tax/rate rate_not_allowed'],
    ],
    [
      'a line discount over the line',
      { lineItems: [line({ discount: { type: 'amount', value: '100.01' } })] },
      ['/lineItems/0/discount/value discount_too_large'],
    ],
    [
      'discounts over the subtotal',
      {
        lineItems: [line()],
        discounts: [
          { type: 'percent', value: '60' },
          { type: 'amount', value: '40.01' },
        ],
      },
      ['/discounts/1/value discount_too_large'],
    ],
    [
      'a discount with more decimals than the currency',
      { lineItems: [line({ discount: { type: 'amount', value: '0.001' } })] },
      ['/lineItems/0/discount/value too_many_decimals'],
    ],
    [
      'an amount of sixteen digits',
      { lineItems: [line({ quantity: '10', unitPrice: '999999999999999' })] },
      ['/lineItems/0 amount_too_large'],
    ],
    [
      'several faults',
      { lineItems: [line({ quantity: 'x', unitPrice: '' }), line({ tax: { category: 'Q', rate: '1' } })] },
      [
        '/lineItems/0/quantity invalid_amount',
        '/lineItems/0/unitPrice invalid_amount',
        '/lineItems/1/tax/category invalid_value',
      ],
    ],
  ];
  it.each(cases)('TOT-6: %s is refused with its pointer', async (_what, body, expected) => {
    const { admin } = await newAccount();
    const created = await admin.post('/v1/invoices', { currency: 'EUR', ...body });
    expect({ status: created.status, code: created.body.code }).toEqual({
      status: 422,
      code: 'invalid_request',
    });
    expect(faults(created)).toEqual(expected);
    const draft = ok(await admin.post('/v1/invoices', { currency: 'EUR' }));
    const patched = await admin.patch(`/v1/invoices/${draft.id}`, body);
    expect(patched.status).toBe(422);
    expect(faults(patched)).toEqual(expected);
    expect(ok(await admin.get(`/v1/invoices/${draft.id}`))).toEqual(draft);
  });

  it('TOT-6: a thousand lines are taken, and no more', async () => {
    const { admin } = await newAccount();
    const lines = Array.from({ length: 1_000 }, (_, index) =>
      line({ name: `Line ${index}`, unitPrice: '0.01' }),
    );
    const draft = ok(await admin.post('/v1/invoices', { currency: 'EUR', lineItems: lines }));
    expect(draft.total).toBe('10.00');
    const refused = await admin.patch(`/v1/invoices/${draft.id}`, { lineItems: [...lines, line()] });
    expect({ status: refused.status, code: refused.body.code }).toEqual({
      status: 422,
      code: 'too_many_lines',
    });
  });

  it('TOT-6: an invoice over 1 MB is refused, one a little smaller is not', async () => {
    const { admin } = await newAccount();
    const withLines = (bytes: number) => ({
      currency: 'EUR',
      lineItems: Array.from({ length: 250 }, () =>
        line({ description: 'x'.repeat(Math.floor(bytes / 250) - 90) }),
      ),
    });
    const refused = await admin.post('/v1/invoices', withLines(1_090_000));
    expect({ status: refused.status, code: refused.body.code }).toEqual({
      status: 422,
      code: 'invalid_request',
    });
    expect(faults(refused)).toEqual([' too_large']);
    const draft = ok(await admin.post('/v1/invoices', withLines(1_000_000)));
    expect(ok(await admin.get(`/v1/invoices/${draft.id}`))).toEqual(draft);
  });

  it('TOT-6: many rates under many discounts and texts are kept, and read back equal', async () => {
    const { admin } = await newAccount();
    const draft = ok(
      await admin.post('/v1/invoices', {
        currency: 'EUR',
        lineItems: Array.from({ length: 600 }, (_, index) =>
          line({
            ...{ unitPrice: '1000' },
            tax: { ...standard(`${index % 99}.${1_000 + index}`), label: `Tax ${index} `.repeat(8).trim() },
          }),
        ),
        discounts: Array.from({ length: 20 }, () => ({ type: 'percent', value: '2' })),
      }),
    );
    expect(draft.taxes).toHaveLength(600);
    expectToAddUp(draft);
    expect(ok(await admin.get(`/v1/invoices/${draft.id}`))).toEqual(draft);
  });
});
