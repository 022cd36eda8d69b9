import { beforeAll, describe, expect, it } from 'vitest';
import type { Contract } from '#functions/http/contract.ts';
import { type Client, newAccount, ok } from '#test/support/account.ts';
import { accountRoutes, type Ids, oneOfEach, paramsOf, pathWith } from '#test/support/every-route.ts';
import { someNastyTexts, wholeProduct } from '#test/support/nasty.ts';
import type { Answer } from '#test/support/service.ts';

/** Every parameter of every route’s path and query, and the headers, × texts that have broken other programs. */
let admin: Client;
let ids: Ids;
beforeAll(async () => {
  const account = await newAccount();
  admin = account.admin;
  ids = await oneOfEach(account);
});

describe('an address whose texts are nasty', () => {
  const sendable = someNastyTexts(6).filter(([, text]) => text.isWellFormed() && text.length < 5_000);
  const bodyOf = ({ body, example, mediaTypes }: Contract) =>
    body === undefined || mediaTypes !== undefined ? undefined : (example ?? {});
  const send = (contract: Contract, path: string): Promise<Answer> => {
    if (contract.method === 'GET') return admin.get(path);
    if (contract.method === 'DELETE') return admin.delete(path);
    const method = contract.method.toLowerCase() as 'post' | 'put' | 'patch';
    return admin[method](path, bodyOf(contract));
  };
  /** All parameters at once; each alone too, where the whole product is asked for. */
  const queriesOf = ({ query }: Contract): string[][] => {
    const names = Object.keys(query?.shape ?? {});
    return wholeProduct ? [names, ...names.map((name) => [name])] : [names];
  };
  const encoded = (text: string): string => encodeURIComponent(text).replaceAll('.', '%2E');

  it.each(
    accountRoutes.filter((route) => paramsOf(route).length > 0).map((route) => [route.name, route] as const),
  )('PERM-2: %s finds nothing by them', async (_, contract) => {
    for (const [what, text] of sendable) {
      if (text === '' || /^[./\\]/.test(text)) continue;
      const names = paramsOf(contract);
      // All at once, and the last alone, behind what could be there.
      for (const some of names.length > 1 ? [names, names.slice(-1)] : [names]) {
        const path = contract.path.replace(/\{(\w+)\}/g, (_all, name: string) =>
          encoded(some.includes(name) ? text : (ids[name] as string)),
        );
        const { status } = await send(contract, path);
        expect([what, path, [200, 204, 404, 409, 415, 422].includes(status)]).toEqual([what, path, true]);
      }
    }
  });

  it.each(
    accountRoutes
      .filter(({ query, method }) => query !== undefined && method === 'GET')
      .map((route) => [route.name, route] as const),
  )('API-1: %s takes them in its query, or refuses them by name', async (_, contract) => {
    const path = pathWith(contract, ids);
    for (const [what, text] of sendable)
      for (const some of queriesOf(contract)) {
        const query = some.map((name) => `${name}=${encoded(text)}`).join('&');
        const { status, body } = await admin.get(`${path}?${query}`);
        expect([what, query, status === 200 || status === 422]).toEqual([what, query, true]);
        if (status === 422)
          for (const { pointer } of body.errors ?? []) expect(pointer).toMatch(/^\/(query|filterGroups)/);
      }
  });

  it('API-1: headers of ours take them, or refuse them', async () => {
    const draft = ok(await admin.post('/v1/invoices', { currency: 'EUR' })).id;
    for (const [what, text] of someNastyTexts(4)) {
      if (!/^[\t\x20-\x7e\x80-\xff]*$/.test(text)) continue;
      for (const name of ['account-id', 'idempotency-key', 'if-match', 'origin', 'x-request-id']) {
        const { status } = await admin.patch(`/v1/invoices/${draft}`, {}, { headers: { [name]: text } });
        expect([what, name, [200, 400, 404, 412].includes(status)]).toEqual([what, name, true]);
        const posted = await admin.post('/v1/contacts', { name: 'Ada' }, { headers: { [name]: text } });
        expect([what, name, [201, 400, 404, 422].includes(posted.status)]).toEqual([what, name, true]);
      }
    }
  });
});
