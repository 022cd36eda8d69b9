import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { afterDeleting } from '#lib/domain/invoice/delete.ts';
import {
  afterGiving,
  afterReset,
  type Counter,
  currentRun,
  gapsIn,
  type IssuedNumber,
  newCounter,
  nextValue,
  refuseOutOfOrder,
  writeNumber,
} from '#lib/domain/numbering.ts';
import { Refusal } from '#lib/domain/refusal.ts';

const numbering = { prefix: 'INV-', width: 4, start: 1001 };
const give = (counter: Counter, invoiceDate = '2026-11-24', written = numbering): Counter => {
  const value = nextValue(counter, written);
  const number = writeNumber(written, value);
  return afterGiving(counter, { counter: value, number, invoiceDate, settingsRevision: 1 });
};
const refusalOf = (run: () => unknown): Refusal | undefined => {
  try {
    run();
    return undefined;
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
};
const numberAt = (counter: number): IssuedNumber => ({
  ...{ run: 1, counter, number: `INV-${counter}`, invoiceId: 'inv_1', status: 'issued' },
  issuedAt: '2026-11-24T10:00:00.000Z',
});

describe('numbers', () => {
  it('NUM-1: are the prefix and the counter, padded to the width and never cut', () => {
    expect(writeNumber({ prefix: 'INV-', width: 4 }, 7)).toBe('INV-0007');
    expect(writeNumber({ prefix: '', width: 1 }, 7)).toBe('7');
    expect(writeNumber({ prefix: 'FA', width: 4 }, 123_456)).toBe('FA123456');
  });

  it('NUM-3: follow the last one given, whatever was deleted', () => {
    const two = give(give(newCounter));
    expect(two).toMatchObject({ liveFinalized: 2, first: { counter: 1001 }, last: { counter: 1002 } });
    const none = afterDeleting(afterDeleting(two));
    expect([none.liveFinalized, nextValue(none, numbering)]).toEqual([0, 1003]);
    // The settings' start is for the first one alone.
    expect(nextValue(none, { start: 1 })).toBe(1003);
    expect(nextValue(newCounter, { start: 1 })).toBe(1);
  });

  it('NUM-4: begin anew only when no finalized invoice is left, in a new run if one gave numbers', () => {
    const one = give(newCounter);
    expect(refusalOf(() => afterReset(one))?.code).toBe('invoices_exist');
    const anew = afterReset({ ...afterDeleting(one), revision: 9 });
    expect(anew).toEqual({ run: 2, liveFinalized: 0, revision: 9 });
    expect(afterReset(anew).run).toBe(2);
    expect(afterReset(newCounter).run).toBe(1);
    expect(currentRun(anew, { ...numbering, start: 5 })).toEqual({ run: 2, start: 'INV-0005', last: null });
    expect(currentRun(one, { ...numbering, prefix: 'X-' })).toMatchObject({
      ...{ run: 1, start: 'INV-1001', last: 'INV-1001', from: 1001, to: 1001 },
    });
  });

  it('NUM-8: with the switch on, dates go neither back nor beyond the account’s today', () => {
    const account = { chronologicalNumbers: true, timeZone: 'Pacific/Kiritimati' };
    const now = '2026-11-24T10:00:00.000Z';
    const counter = give(newCounter, '2026-11-20');
    const at = (date: string, on = account, of = counter) =>
      refusalOf(() => refuseOutOfOrder(on, of, date, now));
    // It is the 25th there already.
    for (const date of ['2026-11-20', '2026-11-24', '2026-11-25']) expect(at(date)).toBeUndefined();
    for (const date of ['2026-11-19', '2026-11-26']) {
      const refusal = at(date);
      expect(refusal?.code).toBe('invoice_date_out_of_order');
      expect(refusal?.details.earliestDate).toBe('2026-11-20');
      expect(refusal?.details.errors).toMatchObject([{ pointer: '/invoiceDate', code: 'out_of_order' }]);
    }
    expect(at('2026-11-25', { ...account, timeZone: 'UTC' })?.code).toBe('invoice_date_out_of_order');
    expect(at('1999-01-01', account, newCounter)).toBeUndefined();
    expect(at('2199-01-01', account, newCounter)?.details.earliestDate).toBeUndefined();
    const off = { ...account, chronologicalNumbers: false };
    for (const date of ['1999-01-01', '2199-01-01']) expect(at(date, off)).toBeUndefined();
  });
});

describe('the audit', () => {
  it('NUM-7: whatever is missing, and however its pages are cut, names just that', () => {
    const length = 40;
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(length - 1)), fc.integer({ min: 1, max: length }), (lost, size) => {
        const missing = new Set(lost.map((index) => 1001 + index));
        const all = Array.from({ length }, (_, index) => 1001 + index);
        const numbers = all.filter((value) => !missing.has(value)).map(numberAt);
        const run = { run: 1, start: 'INV-1001', last: 'INV-1040', from: 1001, to: 1040 };
        const found: number[] = [];
        let after: number | undefined;
        for (let from = 0; from === 0 || from < numbers.length; from += size) {
          const page = numbers.slice(from, from + size);
          const isLast = from + size >= numbers.length;
          for (const gap of gapsIn(run, page, { after, isLast }))
            for (let value = gap.from; value <= gap.to; value++) found.push(value);
          after = page.at(-1)?.counter;
        }
        expect(found).toEqual([...missing].sort((left, right) => left - right));
      }),
    );
  });

  it('NUM-7: a number that was given while it was read is no gap, and a run without numbers has none', () => {
    const run = { run: 1, start: 'INV-1001', last: 'INV-1002', from: 1001, to: 1002 };
    const numbers = [1001, 1002, 1003].map(numberAt);
    expect(gapsIn(run, numbers, { after: undefined, isLast: true })).toEqual([]);
    expect(gapsIn({ run: 2, start: 'INV-1', last: null }, [], { after: undefined, isLast: true })).toEqual(
      [],
    );
  });
});
