import { beforeAll, describe, expect, it } from 'vitest';
import { type Client, newAccount, ok } from '#test/support/account.ts';
import { call, service } from '#test/support/service.ts';

let admin: Client;
beforeAll(async () => {
  admin = (await newAccount()).admin;
});

const from = (origin: string) => ({ headers: { origin } });
const preflight = (origin: string, path = '/v1/invoices', method = 'POST') =>
  call('OPTIONS', path, {
    headers: {
      origin,
      'access-control-request-method': method,
      'access-control-request-headers': 'authorization,content-type,idempotency-key',
    },
  });
const list = (text: string | null): string[] => (text ?? '').toLowerCase().split(/,\s*/).sort();

const strangers = [
  'https://evil.example',
  'null',
  'http://localhost',
  'http://localhost:51730',
  'https://localhost:5173',
  'http://localhost:5173.evil.example',
  'http://evil.example/http://localhost:5173',
];

describe('a page of an allowed origin', () => {
  it('API-7: can read answers, refusals too, with the headers that a client needs', async () => {
    const { origin } = service();
    const answers = [
      await admin.get('/v1/settings', from(origin)),
      await admin.get('/v1/contacts/con_x', from(origin)),
      await admin.post('/v1/contacts', {}, from(origin)),
      await call('GET', '/v1/me', from(origin)),
      await call('GET', '/v1/nothing', from(origin)),
      await call('PUT', '/v1/me', from(origin)),
    ];
    expect(answers.map(({ status }) => status)).toEqual([200, 404, 422, 401, 404, 405]);
    for (const { headers } of answers) {
      expect(headers.get('access-control-allow-origin')).toBe(origin);
      expect(headers.get('vary')).toMatch(/\borigin\b/i);
      expect(headers.get('access-control-allow-credentials')).toBeNull();
      expect(list(headers.get('access-control-expose-headers'))).toEqual(
        expect.arrayContaining(['etag', 'x-request-id', 'retry-after', 'idempotency-replayed']),
      );
    }
  });

  it('API-7: may call every method of a path, with every header that the API takes', async () => {
    const { origin } = service();
    const answer = await preflight(origin, '/v1/contacts/con_x', 'PATCH');
    expect([answer.status, answer.text]).toEqual([204, '']);
    expect(answer.headers.get('access-control-allow-origin')).toBe(origin);
    expect(list(answer.headers.get('access-control-allow-methods'))).toEqual(['delete', 'get', 'patch']);
    expect(list(answer.headers.get('access-control-allow-headers'))).toEqual(
      ['account-id', 'authorization', 'content-type', 'idempotency-key', 'if-match'].sort(),
    );
    expect(answer.headers.get('vary')).toMatch(/\borigin\b/i);
  });

  it('API-7: is told by a preflight that there is no such path', async () => {
    expect((await preflight(service().origin, '/v1/nothing')).status).toBe(404);
  });
});

describe('a page of another origin', () => {
  it.each(strangers)('API-7: %s can’t read an answer', async (origin) => {
    for (const { headers } of [
      await admin.get('/v1/settings', from(origin)),
      await call('GET', '/v1/me', from(origin)),
    ]) {
      expect(headers.get('access-control-allow-origin')).toBeNull();
      // A cache must not hand this answer to a page of an allowed origin.
      expect(headers.get('vary')).toMatch(/\borigin\b/i);
    }
  });

  it.each(strangers)('API-7: %s may not call', async (origin) => {
    const answer = await preflight(origin);
    expect([answer.status, answer.body.code]).toEqual([405, 'method_not_allowed']);
    expect([...answer.headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([]);
  });
});

it('API-7: a client without an origin is none of this', async () => {
  const answer = await admin.get('/v1/settings');
  ok(answer);
  expect([...answer.headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([]);
});
