import { beforeAll, describe, expect, it } from 'vitest';
import { type Client, newAccount, newContact, ok } from '#test/support/account.ts';
import { everyRoute } from '#test/support/every-route.ts';
import { type Check, checkBy } from '#test/support/openapi-check.ts';
import { type Answer, call, type Json } from '#test/support/service.ts';

/** Every call of every integration test is compared with the document; here, that the comparison would notice. */

let document: Json;
let check: Check;
let admin: Client;
let path: string;
let contact: Answer;
beforeAll(async () => {
  document = ok(await call('GET', '/openapi.json'));
  check = checkBy(document);
  admin = (await newAccount()).admin;
  path = `/v1/contacts/${(await newContact(admin)).id}`;
  contact = await admin.get(path);
});

const changed = (
  answer: Answer,
  change: { status?: number; body?: Json; headers?: Record<string, string | null> },
) => {
  const headers = new Headers(answer.headers);
  for (const [name, value] of Object.entries(change.headers ?? {}))
    if (value === null) headers.delete(name);
    else headers.set(name, value);
  const body = 'body' in change ? change.body : answer.body;
  const text = body === undefined ? '' : JSON.stringify(body);
  return { status: change.status ?? answer.status, headers, text };
};

describe('the document', () => {
  it('API-5: has every route, and no other', () => {
    const described = Object.entries(document.paths).flatMap(([template, operations]) =>
      Object.keys(operations as Json).map((method) => `${method.toUpperCase()} ${template}`),
    );
    expect(described.sort()).toEqual(everyRoute.map((route) => `${route.method} ${route.path}`).sort());
  });

  it('API-5: names this service as its server', () => {
    expect(document.servers).toEqual([{ url: new URL(contactUrl()).origin }]);
  });

  it('API-5: says of each guarded route which credentials and permissions it takes', () => {
    for (const route of everyRoute) {
      const operation = document.paths[route.path][route.method.toLowerCase()];
      const isOpen = ['public', 'link'].includes(route.access.kind);
      expect([route.name, operation.security.length > 0]).toEqual([route.name, !isOpen]);
      const permissions = route.access.kind === 'account' ? route.access.permissions : [];
      expect(operation['x-permissions']).toEqual(permissions);
    }
  });
});

const contactUrl = (): string => document.servers[0].url;

describe('an answer that does not agree with it is noticed', () => {
  it('API-5: the true one agrees', () => {
    expect(check('GET', path, contact)).toEqual([]);
  });

  it.each<[string, (answer: Answer) => Parameters<typeof changed>[1]]>([
    ['a status that is not documented', () => ({ status: 418 })],
    ['a failure of ours', () => ({ status: 500 })],
    ['a field that is missing', ({ body: { vatId: _vatId, ...rest } }) => ({ body: rest })],
    ['a field of another type', ({ body }) => ({ body: { ...body, version: '1' } })],
    ['an id of another kind', ({ body }) => ({ body: { ...body, id: body.id.replace('con', 'com') } })],
    ['a value inside that is none', ({ body }) => ({ body: { ...body, kind: 'friend' } })],
    ['no body', () => ({ body: undefined, headers: { 'content-type': null } })],
    ['another media type', () => ({ headers: { 'content-type': 'text/plain' } })],
    ['no ETag', () => ({ headers: { etag: null } })],
    ['an ETag without quotes', () => ({ headers: { etag: '1' } })],
    ['no X-Request-Id', () => ({ headers: { 'x-request-id': null } })],
  ])('API-5: %s', (_, change) => {
    expect(check('GET', path, changed(contact, change(contact)))).not.toEqual([]);
  });

  it('API-5: a refusal with a code that the route has not, or without a request id', async () => {
    const refused = await admin.get('/v1/contacts/con_x');
    expect(check('GET', path, refused)).toEqual([]);
    const { requestId: _requestId, ...rest } = refused.body;
    for (const body of [
      { ...refused.body, code: 'invoice_paid' },
      { ...refused.body, code: 'nonsense' },
      rest,
    ])
      expect(check('GET', path, changed(refused, { body }))).not.toEqual([]);
  });

  it('API-5: a body where none is documented, and a route that is none', async () => {
    const gone = await admin.delete(path);
    expect(check('DELETE', path, gone)).toEqual([]);
    expect(check('DELETE', path, changed(gone, { body: {} }))).not.toEqual([]);
    expect(check('GET', '/v1/nothing', contact)).not.toEqual([]);
    expect(check('TRACE', path, contact)).not.toEqual([]);
  });
});

describe('a replay whose resource was deleted', () => {
  it('API-5: is the one answer that has the id alone, and says so in its header', async () => {
    const headers = { 'idempotency-key': 'gone' };
    const made = ok(await admin.post('/v1/contacts', { name: 'Gone' }, { headers }));
    ok(await admin.delete(`/v1/contacts/${made.id}`));
    const again = await admin.post('/v1/contacts', { name: 'Gone' }, { headers });
    expect(check('POST', '/v1/contacts', again)).toEqual([]);
    expect(
      check('POST', '/v1/contacts', changed(again, { headers: { 'idempotency-replayed': null } })),
    ).not.toEqual([]);
  });
});
