import { expect, it } from 'vitest';
import * as z from 'zod';
import { faultsOf } from '#functions/http/faults.ts';
import { invoiceRequest } from '#lib/domain/invoice/draft.ts';

const details = (schema: z.ZodType, value: unknown): string[] =>
  faultsOf(schema.safeParse(value, { reportInput: true }).error ?? new z.ZodError([])).map(
    ({ pointer, detail }) => `${pointer} ${detail}`,
  );

it('API-1: a fault says what a value has to be', () => {
  const schema = z.strictObject({
    name: z.string(),
    count: z.int().min(1).max(50),
    flag: z.boolean(),
    format: z.enum(['csv', 'xlsx']),
    mode: z.literal('xero'),
    list: z.array(z.string()).min(1).max(2),
    at: z.iso.datetime({ precision: 3 }),
    either: z.union([z.strictObject({ a: z.string() }), z.strictObject({ b: z.string() })]),
  });
  expect(details(schema, { list: ['a', 'b', 'c'], count: 51, format: 'pdf', mode: 'x', at: 'now' })).toEqual([
    '/name is required',
    '/count must be at most 50',
    '/flag is required',
    '/format must be one of csv, xlsx',
    '/mode must be xero',
    '/list must have at most 2 items',
    '/at has not the form of an instant, 2026-11-24T09:30:00.000Z',
    '/either is required',
  ]);
  expect(
    details(schema, { name: 5, count: 0.5, flag: 'yes', format: null, mode: 1, list: [], at: 1, either: 3 }),
  ).toEqual([
    '/name must be a string',
    '/count must be a whole number',
    '/flag must be true or false',
    '/format is required',
    '/mode must be xero',
    '/list must have at least 1 item',
    '/at must be a string',
    '/either must be an object',
  ]);
});

it('API-1: no fault speaks the language of the schema’s library', () => {
  const wrong: unknown[] = [null, 5, 'x', true, [], {}, [5], '', -1, Infinity];
  const names = Object.keys(invoiceRequest.shape);
  const all = names.flatMap((name) => wrong.flatMap((value) => details(invoiceRequest, { [name]: value })));
  expect(all.length).toBeGreaterThan(names.length);
  expect(all.filter((detail) => /invalid (input|option)|too (big|small)|expected/i.test(detail))).toEqual([]);
  expect(all.filter((detail) => detail.length > 300)).toEqual([]);
});
