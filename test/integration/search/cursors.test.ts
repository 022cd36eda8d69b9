import { beforeAll, describe, expect, it } from 'vitest';
import { newAccount, newDraft, ok, type TestAccount } from '#test/support/account.ts';
import type { Json } from '#test/support/service.ts';

/** Cursors of searches and of the list of invoices: good for the question that they belong to, and for no other. */

let account: TestAccount;
beforeAll(async () => {
  account = await newAccount();
  for (const title of ['a', 'b', 'c', 'd']) await newDraft(account.admin, { title });
});

const filterOf = (value: string): Json => [{ filters: [{ property: 'title', operator: 'NEQ', value }] }];
const search = (body: Json) => account.admin.post('/v1/invoices/search', body);
const refused = async (body: Json): Promise<void> => {
  const answer = await search(body);
  expect(answer.status).toBe(422);
  expect(answer.body).toMatchObject({ code: 'invalid_cursor', errors: [{ pointer: '/cursor' }] });
};

describe('a cursor of a search', () => {
  const question = { filterGroups: filterOf('x'), limit: 1 };
  const cursorOf = async (): Promise<string> => ok(await search(question)).nextCursor;

  it('FILT-4: leads on, with other columns and another size of page too', async () => {
    const cursor = await cursorOf();
    const rest = ok(await search({ ...question, cursor, limit: 200, columns: ['title'] }));
    expect(rest.data.map(({ title }: Json) => title)).toEqual(['c', 'b', 'a']);
    expect(rest.nextCursor).toBeNull();
  });

  it('FILT-4: of another filter, query, order or account is refused', async () => {
    const cursor = await cursorOf();
    await refused({ ...question, cursor, filterGroups: filterOf('y') });
    await refused({ ...question, cursor, query: 'a' });
    await refused({ ...question, cursor, sort: { property: 'total', direction: 'asc' } });
    const other = await newAccount();
    const foreign = await other.admin.post('/v1/invoices/search', { ...question, cursor });
    expect(foreign.body.code).toBe('invalid_cursor');
  });

  it('FILT-4: that was forged is refused, whatever was changed in it', async () => {
    const cursor = await cursorOf();
    for (const place of [0, 10, Math.floor(cursor.length / 2), cursor.length - 2]) {
      const letter = cursor[place] === 'B' ? 'C' : 'B';
      await refused({ ...question, cursor: `${cursor.slice(0, place)}${letter}${cursor.slice(place + 1)}` });
    }
    await refused({ ...question, cursor: 'nonsense' });
    await refused({ ...question, cursor: '' });
  });

  it('FILT-4: comes with a page of at most 200', async () => {
    const answer = await search({ ...question, limit: 201 });
    expect(answer).toMatchObject({ status: 422, body: { code: 'invalid_request' } });
    expect(answer.body.errors[0].pointer).toBe('/limit');
    const listed = await account.admin.get('/v1/invoices?limit=201');
    expect(listed).toMatchObject({ status: 422, body: { code: 'invalid_request' } });
    expect(listed.body.errors[0].pointer).toBe('/query/limit');
  });
});

describe('a cursor of the list of invoices', () => {
  it('FILT-4: leads on; of another list or forged it is refused', async () => {
    const first = ok(await account.admin.get('/v1/invoices?limit=3&sort=createdAt&columns=title'));
    const cursor = encodeURIComponent(first.nextCursor);
    const rest = ok(
      await account.admin.get(`/v1/invoices?limit=3&sort=createdAt&columns=title&cursor=${cursor}`),
    );
    expect([...first.data, ...rest.data]).toHaveLength(4);
    for (const query of [
      `sort=total&cursor=${cursor}`,
      `sort=createdAt&status=open&cursor=${cursor}`,
      'cursor=bm8',
    ]) {
      const answer = await account.admin.get(`/v1/invoices?${query}`);
      expect(answer.status).toBe(422);
      expect(answer.body).toMatchObject({ code: 'invalid_cursor', errors: [{ pointer: '/query/cursor' }] });
    }
  });
});
