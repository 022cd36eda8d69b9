import { beforeAll, describe, expect, it } from 'vitest';
import type { Contract } from '#functions/http/contract.ts';
import {
  type Client,
  newAccount,
  newContact,
  newDraft,
  newInvoice,
  ok,
  type TestAccount,
} from '#test/support/account.ts';
import { accountRoutes, callRoute, oneOfEach, paramsOf } from '#test/support/every-route.ts';
import { png } from '#test/support/pictures.ts';
import { call, type Json } from '#test/support/service.ts';

let account: TestAccount;
let admin: Client;
beforeAll(async () => {
  account = await newAccount();
  admin = account.admin;
});

const match = (value: string) => ({ headers: { 'if-match': value } });
const newPath = async (): Promise<string> => `/v1/contacts/${(await newContact(admin)).id}`;

describe('the version', () => {
  it('API-3: is the ETag, and rises by one with every change', async () => {
    const path = await newPath();
    const seen = [await admin.get(path)];
    for (const name of ['First', 'Second', 'Third']) seen.push(await admin.patch(path, { name }));
    seen.push(await admin.get(path));
    expect(seen.map(({ body }) => body.version)).toEqual([1, 2, 3, 4, 4]);
    expect(seen.map(({ headers }) => headers.get('etag'))).toEqual(['"1"', '"2"', '"3"', '"4"', '"4"']);
  });

  it('API-3: is the same in every answer that shows the resource', async () => {
    const draft = await admin.post('/v1/invoices', { currency: 'EUR' });
    expect(draft.headers.get('etag')).toBe('"1"');
    const settings = await admin.get('/v1/settings');
    expect(settings.headers.get('etag')).toBe(`"${settings.body.version}"`);
    const list = ok(await admin.get('/v1/contacts')).data as Json[];
    const one = await admin.get(`/v1/contacts/${list[0]?.id}`);
    expect(one.body).toEqual(list[0]);
  });

  it('API-3: is not raised by an e-mail or by an opened link', async () => {
    const invoice = await newInvoice(admin);
    ok(await admin.post(`/v1/invoices/${invoice.id}/send`));
    expect((await call('GET', invoice.link)).status).toBe(200);
    expect((await admin.get(`/v1/invoices/${invoice.id}`)).body.version).toBe(invoice.version);
  });

  it('API-3: is not raised by a refused change', async () => {
    const path = await newPath();
    expect((await admin.patch(path, { name: '' })).status).toBe(422);
    expect((await admin.patch(path, { name: 'x' }, match('"7"'))).status).toBe(412);
    expect((await admin.get(path)).body).toMatchObject({ version: 1, name: 'Noor Buyer' });
  });

  it('API-3: of eight changes at once with one If-Match lets one through', async () => {
    const path = await newPath();
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, index) => admin.patch(path, { name: `Name ${index}` }, match('"1"'))),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([
      200,
      ...Array.from({ length: 7 }, () => 412),
    ]);
    const winner = answers.find(({ status }) => status === 200);
    expect((await admin.get(path)).body).toMatchObject({ version: 2, name: winner?.body.name });
  });

  it('API-3: of eight changes at once without one lets all through, one after the other', async () => {
    const path = await newPath();
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, index) => admin.patch(path, { phone: `${index}` })),
    );
    expect(answers.map(({ body }) => body.version).sort()).toEqual([2, 3, 4, 5, 6, 7, 8, 9]);
  });
});

describe('If-Match', () => {
  it.each([
    ['the version', '"1"', 200],
    ['a weak form of it, as a proxy that packs the answer makes', 'W/"1"', 200],
    ['any version', '*', 200],
    ['any version, with spaces', ' * ', 200],
    ['a list with it', '"7", "1"', 200],
    ['a list with it and tags of others', '"abc","1"', 200],
    ['a list without it', '"2","3"', 412],
    ['a later version', '"2"', 412],
    ['the version with zeros', '"01"', 412],
    ['another tag', '"abc"', 412],
    ['an empty tag', '""', 412],
    ['a tag with a comma', '"1,2"', 412],
    ['a number that is too long', `"${'1'.repeat(40)}"`, 412],
    ['a number without quotes', '1', 400],
    ['one quote', '"1', 400],
    ['nothing', '', 400],
    ['words', 'version one', 400],
    ['a list that ends in nothing', '"1",', 400],
    ['a list with an asterisk', '"1", *', 400],
  ])('API-3: with %s', async (_, value, status) => {
    const path = await newPath();
    const answer = await admin.patch(path, { name: 'Changed' }, match(value));
    expect([answer.status, answer.body.code]).toEqual([
      status,
      { 200: undefined, 400: 'malformed_request', 412: 'version_conflict' }[status],
    ]);
    expect((await admin.get(path)).body.name).toBe(status === 200 ? 'Changed' : 'Noor Buyer');
  });

  it('API-3: is honoured by DELETE, and comes after existence', async () => {
    const path = await newPath();
    expect((await admin.delete(path, match('"2"'))).body.code).toBe('version_conflict');
    expect((await admin.get(path)).status).toBe(200);
    expect((await admin.delete(path, match('"1"'))).status).toBe(204);
    expect((await admin.delete(path, match('"1"'))).status).toBe(404);
    expect((await admin.delete(path, match('*'))).status).toBe(404);
  });

  it('API-3: is honoured by actions, before the status is looked at', async () => {
    const draft = await newDraft(admin);
    const finalize = `/v1/invoices/${draft.id}/finalize`;
    expect((await admin.post(finalize, undefined, match('"9"'))).body.code).toBe('version_conflict');
    ok(await admin.post(finalize, undefined, match('"1"')));
    expect((await admin.post(finalize, undefined, match('"1"'))).body.code).toBe('version_conflict');
    expect((await admin.post(finalize, undefined, match('"2"'))).body.code).toBe('invoice_not_draft');
  });

  const honouring = accountRoutes.filter(
    (route: Contract) =>
      route.versioned && route.method !== 'GET' && (route.method !== 'POST' || paramsOf(route).length > 0),
  );
  it('API-3: is honoured wherever a contract says so', async () => {
    expect(honouring.length).toBeGreaterThan(10);
    const ids = await oneOfEach(account);
    const logo = { raw: png(8, 8, [0, 0, 0]), headers: { 'content-type': 'image/png' } };
    ok(await account.admin.put('/v1/settings/logo', undefined, logo));
    for (const route of honouring) {
      const headers = { authorization: `Bearer ${account.adminToken}`, 'if-match': '"99"' };
      const answer = await callRoute(route, headers, ids);
      expect([route.name, answer.status, answer.body.code]).toEqual([route.name, 412, 'version_conflict']);
      const malformed = await callRoute(route, { ...headers, 'if-match': '99' }, ids);
      expect([route.name, malformed.status, malformed.body.code]).toEqual([
        ...[route.name, 400, 'malformed_request'],
      ]);
    }
  });
});
