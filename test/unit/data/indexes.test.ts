import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { IndexName } from '#lib/data/indexes.ts';
import { indexAttributes, invoiceIndexKeys, orderedAmount } from '#lib/data/indexes.ts';
import { currencyCodes } from '#lib/domain/currency.ts';
import type { InvoiceHeader } from '#lib/domain/invoice/invoice.ts';
import { decimalsOf } from '#lib/domain/money.ts';
import { draftOf } from '#test/unit/domain/invoice/invoice-builders.ts';

const draft = draftOf();
const placeIn = (index: IndexName, more: Partial<InvoiceHeader>): string | undefined =>
  invoiceIndexKeys({ ...draft, ...more })[indexAttributes(index).sk];
const compare = (left: string | undefined, right: string | undefined): number =>
  Buffer.compare(Buffer.from(left ?? ''), Buffer.from(right ?? ''));

const total = fc
  .tuple(
    fc.bigInt({ min: 0n, max: 10n ** 15n - 1n }),
    fc.bigInt({ min: 0n, max: 9_999n }),
    fc.integer({ min: 0, max: 4 }),
  )
  .map(([integer, fraction, decimals]) => {
    const digits = fraction.toString().padStart(4, '0').slice(0, decimals);
    const text = decimals === 0 ? `${integer}` : `${integer}.${digits}`;
    return { text, units: integer * 10_000n + BigInt(digits.padEnd(4, '0')) };
  });
const day = fc
  .date({ min: new Date('1900-01-01'), max: new Date('2199-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));

describe('the keys of lists', () => {
  it('FILT-3: order totals by their number, whatever their decimals', () => {
    fc.assert(
      fc.property(total, total, (left, right) => {
        const order = left.units === right.units ? 0 : left.units < right.units ? -1 : 1;
        expect(compare(orderedAmount(left.text), orderedAmount(right.text))).toBe(order);
        expect(
          compare(placeIn('byTotal', { total: left.text }), placeIn('byTotal', { total: right.text })),
        ).toBe(order);
      }),
    );
  });

  it('FILT-3: have room for the decimals of every currency', () => {
    expect(Math.max(...currencyCodes.map(decimalsOf))).toBe(4);
  });

  it('FILT-3: order dates by the day and numbers by their counter, and put absent ones in a segment of their own', () => {
    fc.assert(
      fc.property(day, day, (left, right) => {
        const order = left === right ? 0 : left < right ? -1 : 1;
        for (const [index, property] of [
          ['byInvoiceDate', 'invoiceDate'],
          ['byDueDate', 'dueDate'],
        ] as const)
          expect(compare(placeIn(index, { [property]: left }), placeIn(index, { [property]: right }))).toBe(
            order,
          );
      }),
    );
    const counter = fc.integer({ min: 1, max: 999_999_999_999_999 });
    fc.assert(
      fc.property(counter, counter, (left, right) => {
        expect(compare(placeIn('byNumber', { counter: left }), placeIn('byNumber', { counter: right }))).toBe(
          Math.sign(left - right),
        );
      }),
    );
    expect(placeIn('byNumber', {})).toMatch(/^Z#/);
    expect(placeIn('byDueDate', {})).toMatch(/^Z#/);
    expect(placeIn('byDueDate', { dueDate: '2199-12-31' })).toMatch(/^V#/);
  });

  it('FILT-3: of equal values go by the id, which rises with the time of creation', () => {
    const [first, second] = ['inv_01M86BVE9H3BH7V270E6XKVQ8V', 'inv_01M86BVE9J0000000000000000'];
    for (const index of ['byCreation', 'byInvoiceDate', 'byDueDate', 'byNumber', 'byTotal'] as const)
      expect(compare(placeIn(index, { id: first }), placeIn(index, { id: second }))).toBe(-1);
  });

  it('CON-2: a draft alone stands in the lists of drafts by contact and company', () => {
    const named = { contactId: 'con_1', companyId: 'com_1' };
    const keys = invoiceIndexKeys({ ...draft, ...named });
    expect(keys.draftsByContactPk).toBe(`A#${draft.accountId}#I#con_1#0`);
    expect(keys.draftsByCompanyPk).toBe(`A#${draft.accountId}#I#com_1#0`);
    const open = invoiceIndexKeys({ ...draft, ...named, status: 'open' });
    expect(open.draftsByContactPk).toBeUndefined();
    expect(open.byContactPk).toBe(keys.byContactPk);
  });

  it('FILT-3: put an invoice into one partition of each list, by its shard', () => {
    for (const shard of [0, 7]) {
      const keys = invoiceIndexKeys({ ...draft, shard });
      const partitions = Object.entries(keys).filter(([name]) => name.endsWith('Pk'));
      expect(partitions.length).toBeGreaterThan(4);
      for (const [, partition] of partitions) expect(partition.endsWith(`#${shard}`)).toBe(true);
    }
  });
});
