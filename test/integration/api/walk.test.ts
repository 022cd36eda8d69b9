import { beforeAll, describe, expect, it } from 'vitest';
import { newAccount, type TestAccount } from '#test/support/account.ts';
import {
  absentIds,
  accountRoutes,
  callRoute,
  type Ids,
  oneOfEach,
  paramsOf,
} from '#test/support/every-route.ts';
import { type Answer, eventually, type Json } from '#test/support/service.ts';

/** Every route that names something in its path, with what is another account’s. */

let own: TestAccount;
let other: TestAccount;
let ownIds: Ids;
let otherIds: Ids;
let before: Json;

/** All that an outsider could have changed. */
const stateOf = async ({ admin }: TestAccount, ids: Ids): Promise<Json> => {
  const paths = [
    ...['/v1/settings', '/v1/contacts', '/v1/companies', '/v1/members', '/v1/api-keys', '/v1/invoices'],
    ...['', '/links', '/emails', '/history'].map((rest) => `/v1/invoices/${ids.invoiceId}${rest}`),
    ...[`/v1/payments/${ids.paymentId}`, '/v1/invoices/properties'],
  ];
  const bodies = await Promise.all(paths.map(async (path) => [path, (await admin.get(path)).body] as const));
  return Object.fromEntries(bodies);
};

const historyOf = (state: Json, { invoiceId }: Ids): Json[] =>
  state[`/v1/invoices/${invoiceId}/history`].data;

beforeAll(async () => {
  [own, other] = await Promise.all([newAccount(), newAccount()]);
  [ownIds, otherIds] = await Promise.all([oneOfEach(own), oneOfEach(other)]);
  // The history follows within seconds: it is there when finalizing and the payment are in it.
  before = await eventually(async () => {
    const state = await stateOf(other, otherIds);
    return historyOf(state, otherIds).length < 3 ? undefined : state;
  }, 'the history has the creation, the number and the payment');
});

const visible = ({ status, headers, body }: Answer) => {
  const { requestId: _requestId, ...rest } = body;
  const shown = [...headers].filter(
    ([name]) => !/^(date|x-request-id|apigw-requestid|content-length)$/.test(name),
  );
  return { status, rest, shown };
};

const isId = (name: string): boolean => name !== 'property';
const walked = accountRoutes.flatMap((route) =>
  paramsOf(route)
    .filter(isId)
    .map((param) => [route.name, param, route] as const),
);

const send = (route: (typeof walked)[number][2], ids: Ids): Promise<Answer> =>
  callRoute(route, { authorization: `Bearer ${own.adminToken}` }, ids);

describe('an id of another account', () => {
  it('PERM-2: there are routes to walk', () => {
    expect(walked.length).toBeGreaterThan(20);
  });

  it.each(walked)(
    'PERM-2: %s answers to a foreign %s exactly as to one that does not exist',
    async (_, param, route) => {
      const { [param]: foreignId = '' } = otherIds;
      const { [param]: absentId = '' } = absentIds;
      const absent = await send(route, { ...ownIds, [param]: absentId });
      const foreign = await send(route, { ...ownIds, [param]: foreignId });
      expect([absent.status, absent.body?.code]).toEqual([404, 'not_found']);
      expect(visible(foreign)).toEqual(visible(absent));
      // Foreign altogether: what a path names inside of what is not there.
      expect(visible(await send(route, otherIds))).toEqual(visible(await send(route, absentIds)));
    },
  );

  it.each(walked)('PERM-2: %s answers to a %s of no right form in the same way', async (_, param, route) => {
    const { [param]: id = '' } = ownIds;
    const absent = visible(await send(route, { ...ownIds, [param]: absentIds[param] ?? '' }));
    const wrong = [
      ...[
        'x',
        `${id} `,
        `${id}/`,
        id.slice(0, -1),
        `${id}0`,
        `her_${id.slice(4)}`,
        '..',
        '%00',
        'é',
        '\u0000',
      ],
      ...['#', '__proto__', 'constructor', '💶', 'a'.repeat(3_000), "'; DROP TABLE", `${id}#HEADER`],
    ];
    for (const one of param === 'email' ? [] : wrong) {
      if (one === '..') continue;
      const answer = await send(route, { ...ownIds, [param]: one });
      // A slash in an id makes another path of it, with a refusal of its own.
      if (one.endsWith('/')) expect([404, 405]).toContain(answer.status);
      else expect([one.slice(0, 50), visible(answer)]).toEqual([one.slice(0, 50), absent]);
    }
  });

  it('PERM-2: nothing of the other account has changed', async () => {
    expect(await stateOf(other, otherIds)).toEqual(before);
  });
});

describe('an id of another account in a body', () => {
  const fields = [
    ['contactId', 'contactId', (id: string) => id, ''],
    ['companyId', 'companyId', (id: string) => id, ''],
    ['ownerId', 'memberId', (id: string) => id, ''],
    ['contactIds', 'contactId', (id: string) => [id], '/0'],
    ['companyIds', 'companyId', (id: string) => [id], '/0'],
  ] as const;

  it.each(fields)(
    'PERM-2: %s of an invoice is refused like one that does not exist',
    async (field, param, value, place) => {
      const draft = (await own.admin.post('/v1/invoices', { currency: 'EUR' })).body;
      for (const ids of [otherIds, absentIds]) {
        const body = { [field]: value(ids[param] ?? '') };
        const created = await own.admin.post('/v1/invoices', { currency: 'EUR', ...body });
        const changed = await own.admin.patch(`/v1/invoices/${draft.id}`, body);
        for (const { status, body } of [created, changed]) {
          expect([status, body.code]).toEqual([422, 'invalid_request']);
          expect(body.errors).toEqual([
            { pointer: `/${field}${place}`, code: 'not_found', detail: 'is none of this account' },
          ]);
        }
      }
      expect((await own.admin.get(`/v1/invoices/${draft.id}`)).body).toEqual(draft);
    },
  );

  it.each(fields)('API-1: %s with an id of another kind is named', async (field, _, value, place) => {
    const answer = await own.admin.post('/v1/invoices', {
      currency: 'EUR',
      [field]: value(ownIds.keyId ?? ''),
    });
    expect([answer.status, answer.body.code]).toEqual([422, 'invalid_request']);
    expect(answer.body.errors).toMatchObject([{ pointer: `/${field}${place}`, code: 'invalid_id' }]);
  });

  it('PERM-2: a payment’s contact and a contact’s company are refused in the same way', async () => {
    for (const ids of [otherIds, absentIds]) {
      const payment = { method: 'cash', amount: '1', contactId: ids.contactId };
      const paid = await own.admin.post(`/v1/invoices/${ownIds.invoiceId}/payments`, payment);
      expect(paid.body.errors).toMatchObject([{ pointer: '/contactId', code: 'not_found' }]);
      const created = await own.admin.post('/v1/contacts', { name: 'Iris', companyId: ids.companyId });
      expect(created.body.errors).toMatchObject([{ pointer: '/companyId', code: 'not_found' }]);
      const moved = await own.admin.patch(`/v1/contacts/${ownIds.contactId}`, { companyId: ids.companyId });
      expect(moved.body.errors).toMatchObject([{ pointer: '/companyId', code: 'not_found' }]);
    }
  });
});
