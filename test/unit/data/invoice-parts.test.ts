import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chunksOf, detailsParts, joinedDetails, mostDetailsParts } from '#lib/data/invoice-parts.ts';
import type { InvoiceDetails } from '#lib/domain/invoice/invoice.ts';
import type { LineItem } from '#lib/domain/invoice/line-item.ts';
import { draftOf } from '#test/unit/domain/invoice/invoice-builders.ts';

const bytesOf = (value: unknown) => Buffer.byteLength(JSON.stringify(value));
const { lineItems } = draftOf();
const lines = (sizes: readonly number[]): LineItem[] =>
  sizes.map((size) => ({ ...(lineItems[0] as LineItem), description: '世'.repeat(size) }));

describe('the parts of a long invoice', () => {
  it('HIST-3: lines are cut by number and by size, in their order', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 5_000 }), { maxLength: 250 }), (sizes) => {
        const all = lines(sizes);
        const chunks = chunksOf(all);
        expect(chunks.flat()).toEqual(all);
        for (const chunk of chunks) {
          expect(chunk.length).toBeLessThanOrEqual(100);
          expect(chunk.length === 1 || bytesOf(chunk) < 160_000).toBe(true);
        }
      }),
      { numRuns: 20 },
    );
    expect(chunksOf([])).toEqual([]);
    expect(chunksOf(lines(Array(100).fill(1)))).toHaveLength(1);
  });

  it('HIST-3: details are in one part unless they are long, and come together again as they were', () => {
    const note = fc.record({ text: fc.integer({ min: 1, max: 5_000 }).map((size) => '😀'.repeat(size)) });
    const long = fc.integer({ min: 1, max: 5_000 }).map((size) => '世'.repeat(size));
    const details = fc.record(
      { notes: fc.array(note, { maxLength: 20 }), comments: long, terms: long, internalNote: long },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(details, (written) => {
        const all = { discounts: [], fees: [], taxes: [], ...written } as InvoiceDetails;
        const before = structuredClone(all);
        const parts = detailsParts(all);
        expect(joinedDetails(parts)).toEqual(all);
        expect(all).toEqual(before);
        expect(parts.length).toBeLessThanOrEqual(mostDetailsParts(all));
        for (const part of parts) expect(bytesOf(part)).toBeLessThan(180_000);
      }),
      { numRuns: 30 },
    );
    expect(detailsParts({ discounts: [], fees: [], taxes: [] })).toHaveLength(1);
  });
});
