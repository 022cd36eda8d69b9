import { expect, it } from 'vitest';
import { fingerprintOf } from '#functions/http/request.ts';

const of = (body: unknown): string => fingerprintOf('POST', '/v1/invoices', body);

it('API-2: bodies that mean the same are the same, whatever the order of names, with or without nulls', () => {
  const one = of({ method: 'cash', amount: '30', customProperties: { a: '1', b: '2' } });
  expect(of({ customProperties: { b: '2', a: '1' }, amount: '30', method: 'cash' })).toBe(one);
  expect(of({ method: 'cash', note: null, amount: '30', customProperties: { a: '1', b: '2' } })).toBe(one);
  expect(of({ method: 'cash', amount: '31', customProperties: { a: '1', b: '2' } })).not.toBe(one);
});

it('API-2: the order of a list, and its nulls, are what it says', () => {
  expect(of({ ids: ['a', 'b'] })).not.toBe(of({ ids: ['b', 'a'] }));
  expect(of({ ids: ['a', null] })).not.toBe(of({ ids: ['a'] }));
});
