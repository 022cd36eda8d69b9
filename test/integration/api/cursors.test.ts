import { beforeAll, describe, expect, it } from 'vitest';
import {
  type Client,
  memberWith,
  newAccount,
  newContact,
  ok,
  type TestAccount,
} from '#test/support/account.ts';
import { accountRoutes, oneOfEach, pathWith } from '#test/support/every-route.ts';
import type { Answer, Json } from '#test/support/service.ts';

let account: TestAccount;
let admin: Client;
const count = 7;
beforeAll(async () => {
  account = await newAccount();
  admin = account.admin;
  for (let made = 0; made < count; made++) {
    await newContact(admin);
    ok(await admin.post('/v1/companies', { name: `Company ${made}` }));
    ok(await admin.post('/v1/invoices', { currency: 'EUR', title: `Draft ${made}` }));
  }
});

const cursorOf = async (path: string, client = admin): Promise<string> =>
  ok(await client.get(path)).nextCursor as string;
const with_ = (path: string, query: Record<string, string>): string =>
  `${path}?${new URLSearchParams(query)}`;
const expectInvalid = (answer: Answer): void => {
  expect([answer.status, answer.body.code]).toEqual([422, 'invalid_cursor']);
  expect(answer.body.errors).toMatchObject([{ pointer: '/query/cursor', code: 'invalid_cursor' }]);
};

describe('a list', () => {
  it.each([
    '/v1/contacts',
    '/v1/companies',
    '/v1/invoices',
    '/v1/invoices?sort=createdAt',
    '/v1/invoices?sort=-total',
  ])('API-4: %s shows each once, on pages of every size, and ends with no cursor', async (path) => {
    const join = path.includes('?') ? '&' : '?';
    const whole = ok(await admin.get(path)).data.map(({ id }: Json) => id);
    expect(whole).toHaveLength(count);
    for (const limit of [1, 2, 3, count, count + 1, 200]) {
      const seen: string[] = [];
      let cursor: string | null = null;
      let pages = 0;
      do {
        const rest: string = cursor === null ? '' : `&cursor=${cursor}`;
        const page: Json = ok(await admin.get(`${path}${join}limit=${limit}${rest}`));
        expect(page.data.length).toBeLessThanOrEqual(limit);
        seen.push(...page.data.map(({ id }: Json) => id));
        cursor = page.nextCursor;
        pages += 1;
      } while (cursor !== null && pages < 20);
      expect(seen).toEqual(whole);
    }
  });

  it.each(['0', '201', '-1', '1.5', '1e2', '', ' 5', '05', 'ten', '99999999999999999999', '1,2'])(
    'API-4: a limit of "%s" is refused',
    async (limit) => {
      const answer = await admin.get(with_('/v1/contacts', { limit }));
      expect([answer.status, answer.body.code]).toEqual([422, 'invalid_request']);
      expect(answer.body.errors).toMatchObject([{ pointer: '/query/limit', code: 'invalid_limit' }]);
    },
  );

  it('API-4: a limit given twice is refused', async () => {
    const answer = await admin.get('/v1/contacts?limit=5&limit=6');
    expect(answer.body.errors).toMatchObject([{ pointer: '/query/limit' }]);
  });

  it('API-4: has 25 on a page unless told', async () => {
    const own = await newAccount();
    await Promise.all(Array.from({ length: 27 }, () => newContact(own.admin)));
    const page = ok(await own.admin.get('/v1/contacts'));
    expect([page.data.length, typeof page.nextCursor]).toEqual([25, 'string']);
  });
});

describe('a cursor', () => {
  it.each([
    ['of nothing', () => ''],
    ['of no base64', () => '!!!!'],
    ['of zeros', () => Buffer.alloc(64).toString('base64url')],
    ['with one letter changed at its beginning', (c: string) => (c[0] === 'A' ? 'B' : 'A') + c.slice(1)],
    [
      'with one letter changed at its end',
      (c: string) => c.slice(0, -2) + (c.at(-2) === 'A' ? 'B' : 'A') + c.at(-1),
    ],
    ['cut short', (c: string) => c.slice(0, -4)],
    ['with more at its end', (c: string) => `${c}AAAA`],
    ['with padding', (c: string) => `${c}=`],
    ['with a space', (c: string) => `${c} `],
    ['that is far too long', () => 'A'.repeat(5_000)],
    ['of its bare payload', (c: string) => Buffer.from(c, 'base64url').subarray(16).toString('base64url')],
    [
      'whose position was exchanged',
      (c: string) =>
        Buffer.concat([Buffer.from(c, 'base64url').subarray(0, 16), Buffer.from('"con_"')]).toString(
          'base64url',
        ),
    ],
  ])('API-4: %s is refused', async (_, forge) => {
    const cursor = await cursorOf('/v1/contacts?limit=2');
    expectInvalid(await admin.get(with_('/v1/contacts', { cursor: forge(cursor) })));
  });

  it('API-4: of another list, another order or another account is refused', async () => {
    const other = await newAccount();
    await newContact(other.admin);
    await newContact(other.admin);
    const ofContacts = await cursorOf('/v1/contacts?limit=2');
    expectInvalid(await admin.get(with_('/v1/companies', { cursor: ofContacts })));
    expectInvalid(await admin.get(with_('/v1/invoices', { cursor: ofContacts })));
    expectInvalid(await other.admin.get(with_('/v1/contacts', { cursor: ofContacts })));
    const foreign = await cursorOf('/v1/contacts?limit=1', other.admin);
    expectInvalid(await admin.get(with_('/v1/contacts', { cursor: foreign })));
    const ascending = await cursorOf('/v1/invoices?limit=2&sort=createdAt');
    expectInvalid(await admin.get(with_('/v1/invoices', { sort: '-createdAt', cursor: ascending })));
  });

  it('API-4: is good for another member of the account, and for another limit', async () => {
    const reader = await memberWith(account, ['contacts.read']);
    const cursor = await cursorOf('/v1/contacts?limit=2');
    expect(ok(await reader.get(with_('/v1/contacts', { cursor, limit: '1' }))).data).toHaveLength(1);
  });

  it('API-4: that was forged is refused on every list, and no list takes one of another', async () => {
    const ids = await oneOfEach(account);
    const cursor = await cursorOf('/v1/contacts?limit=2');
    const lists = accountRoutes.filter(
      ({ method, query }) => method === 'GET' && query && 'cursor' in query.shape,
    );
    expect(lists.length).toBeGreaterThan(7);
    for (const list of lists.filter(({ name }) => name !== 'list-contacts')) {
      expectInvalid(await admin.get(with_(pathWith(list, ids), { cursor })));
      expectInvalid(await admin.get(with_(pathWith(list, ids), { cursor: 'A'.repeat(40) })));
    }
  });
});
