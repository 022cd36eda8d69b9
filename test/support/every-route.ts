import { actions } from '#functions/actions.ts';
import type { Contract } from '#functions/http/contract.ts';
import { line, newInvoice, ok, type TestAccount } from './account.ts';
import { type Answer, type Call, call, type Json } from './service.ts';

/** Every route of the contracts, with a request that is faultless but for what a test makes wrong. */

/** A PNG of one pixel, where a route takes a picture. */
const pixel = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

export const everyRoute: readonly Contract[] = actions;
/** The routes that ask for credentials. */
export const guardedRoutes = everyRoute.filter(({ access }) =>
  ['account', 'signed_in'].includes(access.kind),
);
/** The routes that ask for an account. */
export const accountRoutes = everyRoute.filter(({ access }) => access.kind === 'account');

export const paramsOf = ({ path }: Contract): string[] =>
  [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);

export type Ids = Record<string, string>;
const ulid = '01M7ZZZZZZZZZZZZZZZZZZZZZZ';
/** Ids of the right form that nobody has, by the name of the path's parameter. */
export const absentIds: Ids = {
  invoiceId: `inv_${ulid}`,
  contactId: `con_${ulid}`,
  companyId: `com_${ulid}`,
  memberId: `mem_${ulid}`,
  keyId: `key_${ulid}`,
  paymentId: `pay_${ulid}`,
  linkId: `lnk_${ulid}`,
  viewId: `viw_${ulid}`,
  exportId: `exp_${ulid}`,
  scheduleId: `sch_${ulid}`,
  name: 'nobodysProperty',
  property: 'title',
  email: 'nobody@nowhere.example',
};

/** @throws Error for a parameter that the walk has to be taught first */
export const pathWith = (contract: Contract, ids: Ids): string =>
  contract.path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const id = ids[name];
    if (id === undefined)
      throw new Error(`${contract.name}: teach test/support/every-route.ts what a ${name} is`);
    return encodeURIComponent(id);
  });

/** A request with the body that the contract gives as its example. */
export const callRoute = (
  contract: Contract,
  headers: Record<string, string>,
  ids: Ids = absentIds,
): Promise<Answer> => {
  const body = contract.example ?? (contract.body === undefined ? undefined : {});
  const picture: Call =
    contract.mediaTypes === undefined
      ? { body, headers }
      : { raw: pixel, headers: { ...headers, 'content-type': contract.mediaTypes[0] as string } };
  return call(contract.method, pathWith(contract, ids), picture);
};

type Make = (account: TestAccount, made: Ids) => Promise<string>;
const idOf = (body: Json): string => body.id;
const post =
  (path: string, body: Json): Make =>
  async ({ admin }) =>
    idOf(ok(await admin.post(path, body)));

/** How an account comes by one of each, in an order in which each has what it needs. */
const makers: Record<string, Make> = {
  contactId: post('/v1/contacts', { name: 'Iris Walker' }),
  companyId: post('/v1/companies', { name: 'Walker Works' }),
  invoiceId: async ({ admin }, { contactId, companyId }) => {
    const associations = { contactIds: [contactId], companyIds: [companyId] };
    return idOf(await newInvoice(admin, { lineItems: [line({ unitPrice: '900' })], ...associations }));
  },
  memberId: async ({ admin, id }) =>
    idOf(
      ok(await admin.post('/v1/members', { email: `${id.toLowerCase()}@example.com`, name: 'Iris Walker' })),
    ),
  keyId: post('/v1/api-keys', { name: 'Walk', permissions: [] }),
  paymentId: async ({ admin }, { invoiceId }) =>
    idOf(ok(await admin.post(`/v1/invoices/${invoiceId}/payments`, { method: 'cash', amount: '10' }))),
  linkId: async ({ admin }, { invoiceId }) =>
    idOf(ok(await admin.get(`/v1/invoices/${invoiceId}/links`)).data[0]),
  name: async ({ admin, id }) =>
    ok(await admin.post('/v1/invoices/properties', { name: id.slice(0, 50), label: 'Walk', type: 'string' }))
      .name,
  viewId: post('/v1/views', { name: 'Walk', shared: true, filterGroups: [] }),
  exportId: post('/v1/exports', { format: 'csv' }),
  scheduleId: post('/v1/export-schedules', {
    ...{ name: 'Walk', format: 'csv', cron: '0 6 * * *', timeZone: 'UTC' },
    ...{ recipients: ['walk@example.com'], active: false },
  }),
  email: async ({ admin, adminEmail }) => {
    ok(await admin.post('/v1/sender-addresses', { email: adminEmail, name: 'Walk', sharedWith: 'account' }));
    return adminEmail;
  },
};

/** One of everything that a path of the contracts can name, in this account. */
export const oneOfEach = async (account: TestAccount): Promise<Ids> => {
  const named = new Set(accountRoutes.flatMap(paramsOf));
  const made: Ids = { property: 'title' };
  for (const [name, make] of Object.entries(makers))
    if (named.has(name)) made[name] = await make(account, made);
  return made;
};
