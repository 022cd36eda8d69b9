import { describe, expect, it } from 'vitest';
import { parseDecimal, round } from '#lib/domain/decimal.ts';
import {
  quickbooksIntl,
  quickbooksIntlHeader,
  quickbooksUs,
  quickbooksUsHeader,
} from '#lib/domain/exports/layouts/quickbooks.ts';
import type { Invoice } from '#lib/domain/invoice/invoice.ts';
import { draftOf, finalizedOf } from '#test/unit/domain/invoice/invoice-builders.ts';

const books = { currency: 'EUR', decimals: 2, accounting: undefined };
const layouts = {
  quickbooks_us: { header: quickbooksUsHeader, layOut: quickbooksUs },
  quickbooks_intl: { header: quickbooksIntlHeader, layOut: quickbooksIntl },
};
type Layout = keyof typeof layouts;

/** Quantity, rate and amount of each row. */
const pricesOf = (layout: Layout, invoice: Invoice): string[][] => {
  const { header, layOut } = layouts[layout];
  const made = layOut(invoice, books);
  if ('reason' in made) throw new Error(made.reason);
  const columns = ['ItemQuantity', 'ItemRate', '*ItemAmount'].map((name) => header.indexOf(name));
  return made.rows.map((row) => columns.map((index) => row[index] ?? ''));
};
const line = (
  quantity: string,
  unitPrice: string,
  discount?: { type: 'percent' | 'amount'; value: string },
) => ({
  ...{ name: 'Work', quantity, unitPrice },
  ...(discount && { discount }),
});

describe.each(Object.keys(layouts) as Layout[])('%s', (layout) => {
  it('EXP-2: tells a line with a discount as one, at its net', () => {
    const lineItems = [
      line('2', '100', { type: 'percent', value: '10' }),
      line('2', '100', { type: 'amount', value: '5' }),
      line('3', '33.333'),
    ];
    expect(pricesOf(layout, finalizedOf(draftOf({ lineItems })))).toEqual([
      ['1', '180.00', '180.00'],
      ['1', '195.00', '195.00'],
      ['3', '33.333', '100.00'],
    ]);
  });
});

describe('quickbooks_us', () => {
  it('EXP-2: tells a price in another currency to its last digit, and rows that multiply out', () => {
    const lineItems = [line('1000', '0.0015'), line('3', '33.333333'), line('700', '0.000001')];
    const draft = draftOf({ currency: 'USD', exchangeRate: '131.7', lineItems });
    const rows = pricesOf('quickbooks_us', finalizedOf(draft));
    expect(rows[0]).toEqual(['1000', '0.19755', '197.55']);
    for (const [quantity = '', rate = '', amount = ''] of rows)
      expect(round(parseDecimal(quantity).times(parseDecimal(rate)), 2).toFixed(2)).toBe(amount);
  });
});
