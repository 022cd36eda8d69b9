import { describe, expect, it } from 'vitest';
import type * as z from 'zod';
import {
  type InvoicePatch,
  invoicePatch,
  invoiceRequest,
  patched,
  writtenOf,
} from '#lib/domain/invoice/draft.ts';
import { draftOf, finalizedOf } from './invoice-builders.ts';

const parse = (schema: z.ZodType, value: unknown): unknown => schema.parse(value);
const changed = (written: Parameters<typeof draftOf>[0], patch: InvoicePatch) =>
  patched(writtenOf(draftOf(written)), invoicePatch.parse(patch), parse);

describe('a patch of a draft', () => {
  it('LIFE-1: replaces the due date by a term and the term by a due date, and removes either', () => {
    expect(changed({ dueDate: '2030-01-01' }, { paymentTermDays: 5 })).toMatchObject({ paymentTermDays: 5 });
    expect(changed({ dueDate: '2030-01-01' }, { paymentTermDays: 5 }).dueDate).toBeUndefined();
    expect(changed({ paymentTermDays: 5 }, { dueDate: '2030-01-01' }).paymentTermDays).toBeUndefined();
    expect(changed({ paymentTermDays: 0 }, { dueDate: null }).paymentTermDays).toBe(0);
    expect(changed({ dueDate: '2030-01-01' }, { paymentTermDays: null }).dueDate).toBe('2030-01-01');
    expect(changed({ dueDate: '2030-01-01' }, { dueDate: null }).dueDate).toBeUndefined();
    expect(invoicePatch.safeParse({ dueDate: '2030-01-01', paymentTermDays: 5 }).success).toBe(false);
    expect(invoicePatch.safeParse({ dueDate: null, paymentTermDays: 5 }).success).toBe(true);
  });

  it('API-1: the tax point has a date or a code, never both; either replaces the other', () => {
    const both = { taxPointDate: '2030-01-01', taxPointCode: '432' as const };
    const { error } = invoiceRequest.safeParse({ currency: 'EUR', ...both });
    expect(error?.issues.map(({ path }) => path)).toEqual([['taxPointCode']]);
    expect(invoicePatch.safeParse(both).success).toBe(false);
    const dated = changed({ taxPointCode: '35' }, { taxPointDate: '2030-01-01' });
    expect([dated.taxPointDate, dated.taxPointCode]).toEqual(['2030-01-01', undefined]);
    const coded = changed({ taxPointDate: '2030-01-01' }, { taxPointCode: '35' });
    expect([coded.taxPointDate, coded.taxPointCode]).toEqual([undefined, '35']);
  });

  it('LIFE-1: a subscription takes a draft over, and lets it go, with its id', () => {
    const taken = { source: 'subscription' as const, subscriptionId: 'sub_1' };
    expect(changed({}, taken)).toMatchObject(taken);
    expect(() => changed({}, { source: 'subscription' })).toThrow();
    expect(changed(taken, { source: 'api', subscriptionId: null }).subscriptionId).toBeUndefined();
  });

  it('LIFE-1: merges objects, replaces lists whole, and removes what is null', () => {
    const written = {
      ...{ title: 'A', notes: [{ text: 'one' }, { text: 'two' }] },
      billingAddress: { city: 'Lyon', country: 'FR' },
    };
    expect(changed(written, { billingAddress: { city: 'Nice' }, notes: [{ text: 'three' }] })).toMatchObject({
      ...{ title: 'A', billingAddress: { city: 'Nice', country: 'FR' }, notes: [{ text: 'three' }] },
    });
    const without = changed(written, { title: null, billingAddress: { city: null }, notes: null });
    expect(without.title).toBeUndefined();
    expect(without.notes).toBeUndefined();
    expect(without.billingAddress).toEqual({ country: 'FR' });
  });

  it('LIFE-1: of nothing leaves what was written, also where lines, discounts and fees have amounts', () => {
    const written = {
      discounts: [{ type: 'percent' as const, value: '10', label: 'Spring' }],
      fees: [{ type: 'amount' as const, value: '5' }],
      customProperties: { costCentre: 'A' },
    };
    const draft = draftOf(written);
    expect(patched(writtenOf(draft), {}, parse)).toEqual(writtenOf(draft));
    expect(invoiceRequest.safeParse(writtenOf(draft)).success).toBe(true);
    expect(writtenOf(draft).lineItems?.[0]).not.toHaveProperty('amount');
  });

  it('LIFE-8: what followed from the term is not written: a finalized invoice still parses', () => {
    const written = writtenOf(finalizedOf(draftOf({ paymentTermDays: 30 })));
    expect(written).toMatchObject({ paymentTermDays: 30 });
    expect(written.dueDate).toBeUndefined();
    expect(invoiceRequest.safeParse(written).success).toBe(true);
  });

  it('LIFE-1: names nothing that is not a client’s to write', () => {
    for (const name of ['number', 'status', 'total', 'clonedFrom', 'id', 'version', 'seller'])
      expect(invoicePatch.safeParse({ [name]: 'x' }).success).toBe(false);
    expect(invoiceRequest.safeParse({ currency: 'EUR', source: 'clone' }).success).toBe(false);
    expect(invoiceRequest.safeParse({ currency: 'EUR', source: 'subscription' }).success).toBe(false);
    const subscription = { currency: 'EUR', source: 'subscription', subscriptionId: 'S-1' };
    expect(invoiceRequest.safeParse(subscription).success).toBe(true);
  });
});
