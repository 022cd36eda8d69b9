import { scheduling } from '#test/integration/exports/scheduling.ts';
import { type Client, line, ok } from '#test/support/account.ts';
import type { OwnService } from '#test/support/in-process.ts';
import type { ScriptedProvider } from '#test/support/online-in-process.ts';
import type { Json } from '#test/support/service.ts';

/** An account in which an action is measured: what it has is made when it is asked for, and always of the same size. */
export type World = {
  own: OwnService;
  accountId: string;
  admin: Client;
  provider: ScriptedProvider;
};

const made =
  (path: string, body: Json) =>
  async (world: World, more: Json = {}) =>
    ok(await world.admin.post(path, { ...body, ...more }));

export const contact = made('/v1/contacts', {
  ...{ name: 'Noor Haddad', email: 'noor.haddad@buyer.example', language: 'en' },
  address: { line1: 'Torstraße 12', city: 'Berlin', country: 'DE' },
});
export const company = made('/v1/companies', { name: 'Novak Instruments', vatId: 'DE136695976' });
export const member = made('/v1/members', { email: 'sam@buyer.example', name: 'Sam Ortiz' });
export const key = made('/v1/api-keys', { name: 'Nightly export', permissions: ['invoices.read'] });
export const view = made('/v1/views', { name: 'Overdue', shared: true, filterGroups: [] });
export const csv = made('/v1/exports', { format: 'csv' });
export const schedule = made('/v1/export-schedules', {
  ...{ name: 'Daily', format: 'csv', cron: '0 6 * * *', timeZone: 'Europe/Paris', columns: ['number'] },
});
/** An export of a schedule that is done: it has a link. */
export const scheduled = async (world: World): Promise<Json> => {
  await invoice(world);
  const { own, accountId: id, admin } = world;
  const runs = scheduling(own, { id, admin });
  return runs.run((await schedule(world)).id);
};
export const property = made('/v1/invoices/properties', {
  ...{ name: 'costCentre', label: 'Cost centre', type: 'string' },
});
export const payment = made('/v1/payments', { amount: '100.00', currency: 'EUR', method: 'check' });

const tax = { category: 'S', rate: '20' };
/** A draft of three lines to one contact, as a small business writes it. */
export const draft = async (world: World, more: Json = {}): Promise<Json> => {
  const contactId = more.contactId ?? (await contact(world)).id;
  const lineItems = [
    line({ name: 'Layout', quantity: '12', unit: 'HUR', unitPrice: '85', tax }),
    line({ name: 'Printing proofs', quantity: '3', unitPrice: '42.50', tax }),
    line({ name: 'Delivery', unitPrice: '18', tax }),
  ];
  const body = { currency: 'EUR', title: 'Spring catalogue', paymentTermDays: 30, ...more };
  return ok(await world.admin.post('/v1/invoices', { lineItems, ...body, contactId }));
};
export const invoice = async (world: World, more: Json = {}): Promise<Json> => {
  const { id } = await draft(world, more);
  return ok(await world.admin.post(`/v1/invoices/${id}/finalize`));
};
export const pathOf = ({ id }: Json): string => `/v1/invoices/${id}`;

/** An invoice that was paid in part, and the payment. */
export const paidInPart = async (world: World): Promise<{ path: string; paid: Json }> => {
  const path = pathOf(await invoice(world));
  return { path, paid: ok(await world.admin.post(`${path}/payments`, { method: 'cash', amount: '250' })) };
};

/** The path of a buyer's link, without its slug. */
export const linkOf = ({ link }: Json): string => new URL(link).pathname.split('/').slice(0, 3).join('/');

/** An invoice that can be paid online. */
export const payable = async (world: World): Promise<Json> => {
  ok(await world.admin.patch('/v1/settings', { onlinePayment: { provider: 'stripe' } }));
  return invoice(world, { allowOnlinePayment: true });
};

/** Has the history of all that was done so far written. */
export const withHistory = async ({ own, accountId }: World): Promise<void> => {
  await own.stream('record-history', await own.records(accountId));
};
