import { describe, expect, it } from 'vitest';
import type * as z from 'zod';
import { parseOrRefuse } from '#functions/http/faults.ts';
import { sendRequest } from '#functions/sending/contract.ts';
import { invoiceRequest } from '#lib/domain/invoice/draft.ts';
import { Refusal } from '#lib/domain/refusal.ts';

const refusalOf = (schema: z.ZodType, value: unknown) => {
  try {
    parseOrRefuse(schema, value);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const { code, details } = error;
    return { code, pointers: (details.errors ?? []).map(({ pointer }) => pointer).toSorted() };
  }
  return undefined;
};

const copies = (count: number) => Array.from({ length: count }, (_, index) => `copy${index}@example.com`);

describe('the faults of a list', () => {
  it('SEND-2: a tenth copy is refused as one too many beside one that is no address', () => {
    expect(refusalOf(sendRequest, { cc: copies(9) })).toBeUndefined();
    expect(refusalOf(sendRequest, { cc: copies(10) })).toEqual({ code: 'too_many_cc', pointers: ['/cc'] });
    expect(refusalOf(sendRequest, { cc: [...copies(9), 'nobody'] })).toEqual({
      ...{ code: 'too_many_cc', pointers: ['/cc', '/cc/9'] },
    });
    expect(refusalOf(sendRequest, { cc: ['nobody'] })).toEqual({
      ...{ code: 'invalid_request', pointers: ['/cc/0'] },
    });
    expect(refusalOf(sendRequest, { cc: { length: 10 } })).toEqual({
      ...{ code: 'invalid_request', pointers: ['/cc'] },
    });
  });

  it('TOT-6: a line too many is told beside a faulty one', () => {
    const lines = Array.from({ length: 1_001 }, () => ({ name: 'Layout', quantity: '1', unitPrice: '1' }));
    const [, ...others] = lines;
    expect(refusalOf(invoiceRequest, { currency: 'EUR', lineItems: [{ name: 'x' }, ...others] })).toEqual({
      code: 'too_many_lines',
      pointers: ['/lineItems', '/lineItems/0/quantity', '/lineItems/0/unitPrice'],
    });
  });
});
