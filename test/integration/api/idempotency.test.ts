import { beforeAll, describe, expect, it } from 'vitest';
import { isIdempotent } from '#functions/http/contract.ts';
import {
  apiKeyWith,
  type Client,
  clientWith,
  line,
  memberWith,
  newAccount,
  newContact,
  newDraft,
  newInvoice,
  ok,
  person,
  type TestAccount,
} from '#test/support/account.ts';
import { absentIds, accountRoutes, callRoute, oneOfEach } from '#test/support/every-route.ts';
import { type Answer, type Json, token } from '#test/support/service.ts';
import { itemsUnder } from '#test/support/table.ts';

let account: TestAccount;
let admin: Client;
beforeAll(async () => {
  account = await newAccount();
  admin = account.admin;
});

let keys = 0;
const newKey = (): { headers: Record<string, string> } => {
  keys += 1;
  return { headers: { 'idempotency-key': `key ${keys} of this test` } };
};
const replayed = ({ headers }: Answer): string | null => headers.get('idempotency-replayed');

/** A POST that changes something, how to get ready for it, and how many times it took effect. */
type Repeatable = {
  ready?: () => Promise<Json>;
  path: (made: Json) => string;
  body: (made: Json) => Json;
  effects: (made: Json) => Promise<number>;
};

const count = async (path: string, fits: (item: Json) => boolean): Promise<number> =>
  (ok(await admin.get(path)).data as Json[]).filter(fits).length;
let names = 0;
const named = async (): Promise<Json> => {
  names += 1;
  return { name: `repeated${names}` };
};

const repeatables: Record<string, Repeatable> = {
  'create-member': {
    ready: named,
    path: () => '/v1/members',
    body: ({ name }) => ({ name, email: `${name}@example.com` }),
    effects: ({ name }) => count('/v1/members?limit=200', (item) => item.name === name),
  },
  'create-api-key': {
    ready: named,
    path: () => '/v1/api-keys',
    body: ({ name }) => ({ name, permissions: ['invoices.read'] }),
    effects: ({ name }) => count('/v1/api-keys?limit=200', (item) => item.name === name),
  },
  'create-contact': {
    ready: named,
    path: () => '/v1/contacts',
    body: ({ name }) => ({ name, email: `${name}@example.com` }),
    effects: ({ name }) => count('/v1/contacts?limit=200', (item) => item.name === name),
  },
  'create-company': {
    ready: named,
    path: () => '/v1/companies',
    body: ({ name }) => ({ name }),
    effects: ({ name }) => count('/v1/companies?limit=200', (item) => item.name === name),
  },
  'create-invoice-property': {
    ready: named,
    path: () => '/v1/invoices/properties',
    body: ({ name }) => ({ name, label: name, type: 'string' }),
    effects: ({ name }) => count('/v1/invoices/properties', (item) => item.label === name),
  },
  'create-invoice': {
    ready: named,
    path: () => '/v1/invoices',
    body: ({ name }) => ({ currency: 'EUR', title: name }),
    effects: ({ name }) => count('/v1/invoices?limit=200', (item) => item.title === name),
  },
  'finalize-invoice': {
    ready: () => newDraft(admin),
    path: ({ id }) => `/v1/invoices/${id}/finalize`,
    body: () => undefined,
    effects: async ({ id }) => ok(await admin.get(`/v1/invoices/${id}`)).version - 1,
  },
  'void-invoice': {
    ready: () => newInvoice(admin),
    path: ({ id }) => `/v1/invoices/${id}/void`,
    body: () => ({ reason: 'Ordered twice' }),
    effects: async ({ id }) => ok(await admin.get(`/v1/invoices/${id}`)).version - 2,
  },
  'send-invoice': {
    ready: () => newInvoice(admin),
    path: ({ id }) => `/v1/invoices/${id}/send`,
    body: () => ({ intro: 'Thank you' }),
    effects: async ({ id }) => ok(await admin.get(`/v1/invoices/${id}/emails`)).data.length,
  },
  'record-invoice-payment': {
    ready: () => newInvoice(admin),
    path: ({ id }) => `/v1/invoices/${id}/payments`,
    // The whole balance: whoever comes second meets a paid invoice.
    body: () => ({ method: 'cash' }),
    effects: async ({ id }) => ok(await admin.get(`/v1/invoices/${id}`)).payments.length,
  },
  'clone-invoice': {
    ready: async () => newDraft(admin, { title: (await named()).name }),
    path: ({ id }) => `/v1/invoices/${id}/clone`,
    body: () => undefined,
    effects: async ({ title }) => (await count('/v1/invoices?limit=200', (item) => item.title === title)) - 1,
  },
  'create-payment': {
    ready: named,
    path: () => '/v1/payments',
    body: ({ name }) => ({ amount: '5', currency: 'EUR', method: 'cash', reference: name }),
    effects: ({ name }) => count('/v1/payments?limit=200', (item) => item.reference === name),
  },
  'apply-payment': {
    ready: async () => {
      const payment = { amount: '60', currency: 'EUR', method: 'cash' };
      const paymentId = ok(await admin.post('/v1/payments', payment)).id;
      return { paymentId, id: (await newInvoice(admin)).id };
    },
    path: ({ id }) => `/v1/invoices/${id}/payments/apply`,
    body: ({ paymentId }) => ({ paymentId, amount: '60' }),
    effects: async ({ id }) => ok(await admin.get(`/v1/invoices/${id}`)).payments.length,
  },
};

const walked = Object.entries(repeatables);

describe('a POST that is repeated with its Idempotency-Key', () => {
  it.each(walked)('API-2: %s takes effect once; the repeat gets the first status', async (_, repeatable) => {
    const made = await repeatable.ready?.();
    const [path, body, key] = [repeatable.path(made), repeatable.body(made), newKey()];
    const first = await admin.post(path, body, key);
    expect(first.status).toBeLessThan(300);
    expect(replayed(first)).toBeNull();
    const second = await admin.post(path, body, key);
    expect([second.status, replayed(second)]).toEqual([first.status, 'true']);
    expect(second.body.id).toBe(first.body.id);
    expect(await repeatable.effects(made)).toBe(1);
  });

  it.each(walked)('API-2: %s takes effect once when eight come at once', async (_, repeatable) => {
    const made = await repeatable.ready?.();
    const [path, body, key] = [repeatable.path(made), repeatable.body(made), newKey()];
    const answers = await Promise.all(Array.from({ length: 8 }, () => admin.post(path, body, key)));
    const first = answers.filter((answer) => replayed(answer) === null);
    expect(answers.map(({ status, text }) => [status, status < 300 || text])).toEqual(
      answers.map(() => [first[0]?.status, true]),
    );
    expect(first).toHaveLength(1);
    expect(new Set(answers.map(({ body }) => body.id ?? body.name)).size).toBe(1);
    expect(await repeatable.effects(made)).toBe(1);
  });

  const idempotent = accountRoutes.filter((route) => isIdempotent(route));

  it('API-2: another body or another route with the key is refused, on every route', async () => {
    const ids = await oneOfEach(account);
    const key = newKey();
    ok(await admin.post('/v1/companies', { name: 'First with the key' }, key));
    for (const route of idempotent) {
      const answer = await callRoute(
        route,
        { authorization: `Bearer ${account.adminToken}`, ...key.headers },
        ids,
      );
      expect([route.name, answer.status, answer.body.code]).toEqual([
        ...[route.name, 422, 'idempotency_key_reused'],
      ]);
    }
  });

  it('API-2: a search, a preview, a GET, a PATCH and a DELETE ignore the header', async () => {
    const key = newKey();
    const contact = ok(await admin.post('/v1/contacts', { name: 'First with the key' }, key));
    const path = `/v1/contacts/${contact.id}`;
    expect((await admin.get(path, key)).status).toBe(200);
    expect((await admin.patch(path, { phone: '1' }, key)).body.phone).toBe('1');
    expect((await admin.patch(path, { phone: '2' }, key)).body.phone).toBe('2');
    expect((await admin.delete(path, key)).status).toBe(204);
    expect((await admin.delete(path, key)).status).toBe(404);
    const ignoring = accountRoutes.filter((route) => route.method === 'POST' && !isIdempotent(route));
    for (const route of ignoring) {
      const answer = await callRoute(route, {
        authorization: `Bearer ${account.adminToken}`,
        ...key.headers,
      });
      expect(answer.body.code).not.toBe('idempotency_key_reused');
    }
  });

  it('API-2: the repeat shows the resource as it is by then', async () => {
    const key = newKey();
    const body = { name: 'Before' };
    const first = ok(await admin.post('/v1/contacts', body, key));
    ok(await admin.patch(`/v1/contacts/${first.id}`, { name: 'After' }));
    const second = await admin.post('/v1/contacts', body, key);
    expect(second.body).toMatchObject({ id: first.id, name: 'After', version: 2 });
    expect(second.headers.get('etag')).toBe('"2"');
  });

  it('API-2: an action that can’t be done twice is answered with what it did', async () => {
    const draft = await newDraft(admin);
    const key = newKey();
    const first = await admin.post(`/v1/invoices/${draft.id}/finalize`, undefined, key);
    ok(await admin.post(`/v1/invoices/${draft.id}/void`));
    const second = await admin.post(`/v1/invoices/${draft.id}/finalize`, undefined, key);
    expect([second.status, replayed(second)]).toEqual([first.status, 'true']);
    expect(second.body).toMatchObject({ number: first.body.number, status: 'voided' });
    expect(second.body.link).toBe(first.body.link);
  });

  it('API-2: the repeat comes before existence, If-Match and status', async () => {
    const draft = await newDraft(admin);
    const { headers } = newKey();
    const stale = { headers: { ...headers, 'if-match': '"1"' } };
    ok(await admin.post(`/v1/invoices/${draft.id}/finalize`, undefined, stale));
    const again = await admin.post(`/v1/invoices/${draft.id}/finalize`, undefined, stale);
    expect([again.status, replayed(again)]).toEqual([200, 'true']);
  });

  it('API-2: a repeat whose resource was deleted since gets the first status and the id', async () => {
    const made = [
      ['/v1/contacts', { name: 'Gone' }],
      ['/v1/companies', { name: 'Gone' }],
      ['/v1/invoices', { currency: 'EUR' }],
      ['/v1/api-keys', { name: 'Gone', permissions: [] }],
      ['/v1/members', { name: 'Gone', email: 'gone@example.com' }],
    ] as const;
    for (const [path, body] of made) {
      const key = newKey();
      const first = ok(await admin.post(path, body, key));
      expect((await admin.delete(`${path}/${first.id}`)).status).toBe(204);
      const second = await admin.post(path, body, key);
      expect([second.status, replayed(second), second.body]).toEqual([201, 'true', { id: first.id }]);
      expect((await admin.get(`${path}?limit=200`)).text).not.toContain(first.id);
    }
  });

  it('API-2: an API key’s secret is left out of the repeat', async () => {
    const key = newKey();
    const body = { name: 'Secretive', permissions: ['invoices.read'] };
    const first = ok(await admin.post('/v1/api-keys', body, key));
    const second = await admin.post('/v1/api-keys', body, key);
    expect(first.secret).toMatch(/^qk_/);
    expect(second.body).toEqual({ ...first, secret: undefined });
    expect(second.text).not.toContain('qk_');
  });

  it('API-2: an account is made once, though its maker is somebody else afterwards', async () => {
    const { client } = await person();
    const key = newKey();
    const body = { name: 'Twice', country: 'FR', currency: 'EUR', timeZone: 'Europe/Paris' };
    const answers = await Promise.all(
      Array.from({ length: 4 }, () => client.post('/v1/accounts', body, key)),
    );
    answers.push(await client.post('/v1/accounts', body, key));
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 201));
    expect(new Set(answers.map((answer) => answer.body.id)).size).toBe(1);
    expect((await client.get('/v1/me')).body.account).toEqual({ id: answers[0]?.body.id, name: 'Twice' });
    const other = await client.post('/v1/accounts', { ...body, name: 'Other' }, key);
    expect([other.status, other.body.code]).toEqual([422, 'idempotency_key_reused']);
  });

  it('API-2: a refusal is not kept: once its reason is gone, the same request is done', async () => {
    const key = newKey();
    const body = { name: 'Late', email: 'taken@example.com' };
    const holder = ok(await admin.post('/v1/contacts', { ...body, name: 'Holder' }));
    const refused = await admin.post('/v1/contacts', body, key);
    expect([refused.status, refused.body.code]).toEqual([409, 'contact_exists']);
    ok(await admin.delete(`/v1/contacts/${holder.id}`));
    const done = await admin.post('/v1/contacts', body, key);
    expect([done.status, replayed(done)]).toEqual([201, null]);
  });

  it('API-2: a faulty request is told so, not answered with the earlier one', async () => {
    const key = newKey();
    ok(await admin.post('/v1/companies', { name: 'Right' }, key));
    const faulty = await admin.post('/v1/companies', { name: '' }, key);
    expect([faulty.status, faulty.body.code]).toEqual([422, 'invalid_request']);
  });

  it('API-2: the same key of another member, an API key or another account is another key', async () => {
    const key = newKey();
    const clients = [
      admin,
      await memberWith(account, ['contacts.write']),
      await apiKeyWith(account, ['contacts.write']),
      await apiKeyWith(account, ['contacts.write']),
      (await newAccount()).admin,
    ];
    const answers = await Promise.all(
      clients.map((client) => client.post('/v1/companies', { name: 'Everybody’s' }, key)),
    );
    expect(answers.map((answer) => [answer.status, replayed(answer)])).toEqual(
      answers.map(() => [201, null]),
    );
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(5);
  });

  it('API-2: a body that says the same in other words is the same body', async () => {
    const key = newKey();
    const raw = (text: string) => admin.post('/v1/companies', undefined, { ...key, raw: text });
    const first = ok(await raw('{"name":"Same","vatId":"DE136695976"}'));
    const second = await raw(' { "vatId" : "DE136695976", "n\\u0061me": "Same" } ');
    expect([second.body.id, replayed(second)]).toEqual([first.id, 'true']);
  });

  it.each([
    ['empty', ''],
    ['of 256 characters', 'k'.repeat(256)],
    ['with a character that is not ASCII', 'clé'],
  ])('API-2: a key that is %s is refused and nothing is made', async (_, value) => {
    const before = await count('/v1/companies?limit=200', () => true);
    const headers = { 'idempotency-key': value };
    const answer = await admin.post('/v1/companies', { name: 'Nothing' }, { headers });
    expect([answer.status, answer.body.code]).toEqual([400, 'malformed_request']);
    expect(await count('/v1/companies?limit=200', () => true)).toBe(before);
  });

  it('API-2: a key of 255 characters is taken', async () => {
    const headers = { 'idempotency-key': '~'.repeat(255) };
    const answers = [
      await admin.post('/v1/companies', { name: 'Long' }, { headers }),
      await admin.post('/v1/companies', { name: 'Long' }, { headers }),
    ];
    expect(answers.map(replayed)).toEqual([null, 'true']);
  });

  // What takes a code out of an e-mail is repeated where that e-mail is read.
  const elsewhere = ['confirm-sender-address'];
  const others = idempotent.filter(({ name }) => !(name in repeatables) && !elsewhere.includes(name));
  if (others.length > 0)
    it.each(others.map((route) => [route.name, route] as const))(
      'API-2: %s, with the example of its contract, is answered the same way again',
      async (_, route) => {
        const fresh = await newAccount();
        const ids = route.name === 'reset-numbering' ? absentIds : await oneOfEach(fresh);
        const headers = { authorization: `Bearer ${fresh.adminToken}`, ...newKey().headers };
        const first = await callRoute(route, headers, ids);
        expect([first.status < 300, first.text]).toEqual([true, first.text]);
        const second = await callRoute(route, headers, ids);
        expect([second.status, replayed(second)]).toEqual([first.status, 'true']);
        expect(second.body?.id).toBe(first.body?.id);
      },
    );
});

describe('the record of a request', () => {
  it('API-2: holds status and ids: no secret, no link that works, nothing that was said', async () => {
    const own = await newAccount();
    const { admin } = own;
    const founder = await token({ sub: own.adminEmail, email: own.adminEmail });
    const texts = [
      'Confidential Buyer',
      'confidential@example.com',
      'Confidential title',
      'Confidential note',
    ];
    const contact = await newContact(admin, { name: texts[0], email: texts[1] });
    const key = ok(await admin.post('/v1/api-keys', { name: texts[0], permissions: [] }, newKey()));
    const draft = ok(
      await admin.post(
        '/v1/invoices',
        {
          currency: 'EUR',
          title: texts[2],
          internalNote: texts[3],
          contactId: contact.id,
          lineItems: [line()],
        },
        newKey(),
      ),
    );
    const invoice = ok(await admin.post(`/v1/invoices/${draft.id}/finalize`, undefined, newKey()));
    ok(await admin.post(`/v1/invoices/${draft.id}/send`, { intro: texts[3] }, newKey()));
    ok(await clientWith(founder).post('/v1/contacts', { name: texts[0] }, newKey()));

    const items = await itemsUnder(`A#${own.id}#IDEMPOTENCY`);
    expect(items).toHaveLength(5);
    const id = /^[a-z]{3}_[0-9A-Z]{26}$/;
    for (const { data, expiresAt, pk, sk, ...rest } of items) {
      expect([rest, sk, typeof expiresAt]).toEqual([{}, 'IDEMPOTENCY', 'number']);
      expect(Object.keys(data).sort()).toEqual(['fingerprint', 'ids', 'status']);
      expect(Object.values(data.ids).every((value) => id.test(String(value)))).toBe(true);
    }
    const stored = JSON.stringify(items);
    const token_ = new URL(invoice.link).pathname.split('/')[2] ?? '';
    expect(token_.length).toBeGreaterThan(80);
    for (const secret of [...texts, key.secret, token_, 'of this test']) expect(stored).not.toContain(secret);
  });
});
