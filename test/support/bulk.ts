import { expect } from 'vitest';
import { type Client, line, newContact, ok } from './account.ts';
import type { Json } from './service.ts';

/** Bulk finalizing: its drafts, and what its answers say. */
export const bulk = '/v1/invoices/finalize';
export const numbersFrom = (first: number, count: number) =>
  Array.from({ length: count }, (_, index) => `INV-${first + index}`);
export const numbersOf = (answer: Json): string[] => answer.finalized.map(({ number }: Json) => number);
export const idsOf = (list: Json[]): string[] => list.map(({ invoiceId }) => invoiceId);
export const refusedIn = (answer: Json): string[] =>
  answer.refused.map(({ code, errors }: Json) =>
    [code, ...errors.map(({ pointer, code: fault }: Json) => `${pointer} ${fault}`)].join(' '),
  );
export const key = (value: string) => ({ headers: { 'idempotency-key': value } });
export const unknown = 'inv_01JD4M8ZQ5W7R3T9Y2K6H0N1VX';

/** So many drafts of one contact, a few at a time, in an order of their own. */
export const manyDrafts = async (client: Client, count: number, more: Json = {}): Promise<string[]> => {
  const { id: contactId } = await newContact(client);
  const ids: string[] = Array.from({ length: count });
  const places = [...ids.keys()];
  const take = async (): Promise<void> => {
    for (let place = places.pop(); place !== undefined; place = places.pop()) {
      const body = { currency: 'EUR', contactId, lineItems: [line()], ...more };
      ids[place] = ok(await client.post('/v1/invoices', body)).id;
    }
  };
  await Promise.all(Array.from({ length: 12 }, take));
  return ids;
};

/** Every number is accounted for, and borne by the invoice that it was given to. */
export const expectNoGap = async (client: Client, given: ReadonlyMap<string, string>): Promise<void> => {
  const seen = new Map<string, string>();
  let cursor: string | null = null;
  do {
    const query: string = cursor === null ? '' : `&cursor=${cursor}`;
    const page: Json = ok(await client.get(`/v1/numbering/audit?limit=200${query}`));
    expect(page.gaps).toEqual([]);
    for (const { invoiceId, number } of page.data) seen.set(invoiceId, number);
    cursor = page.nextCursor;
  } while (cursor !== null);
  expect(seen).toEqual(given);
};
export const givenBy = (...answers: Json[]): Map<string, string> =>
  new Map(answers.flatMap(({ finalized }) => finalized.map((one: Json) => [one.invoiceId, one.number])));
