import { afterAll, beforeAll, expect } from 'vitest';
import { table } from '#functions/wiring/table.ts';
import { readHeader } from '#lib/data/invoices.ts';
import { type Client, line, newContact, ok } from '#test/support/account.ts';
import { type OwnService, startOwnService } from '#test/support/in-process.ts';
import {
  type ScriptedProvider,
  sessionsOf,
  sessionsWaiting,
  startProvider,
  sweepLater,
} from '#test/support/online-in-process.ts';
import type { Answer, Json } from '#test/support/service.ts';

/** An account whose buyers pay at a scripted provider, and what must be true whatever happens. */
export type World = { accountId: string; admin: Client; contactId: string; provider: ScriptedProvider };

const newWorld = async (own: OwnService): Promise<World> => {
  const { id: accountId, admin } = await own.newAccount();
  const switches = { allowEditFinalized: true, allowDeleteFinalized: true };
  ok(await admin.patch('/v1/settings', { onlinePayment: { provider: 'stripe' }, ...switches }));
  const { id: contactId } = await newContact(admin);
  return { accountId, admin, contactId, provider: await startProvider(admin) };
};

/** The world of a test file: there before its tests, ended after them. */
export const worldOfFile = (): (() => World) => {
  let own: OwnService;
  let world: World;
  beforeAll(async () => {
    own = await startOwnService();
    world = await newWorld(own);
  });
  afterAll(async () => {
    await world.provider.stop();
    await own.stop();
  });
  return () => world;
};

export type Paying = { world: World; id: string; path: string; token: string; manual: Json; spare: Json };

/** An open invoice of 100 with 10 paid by hand if `withManual`. */
export const newPaying = async (world: World, withManual: boolean): Promise<Paying> => {
  const { admin, contactId } = world;
  const draft = ok(
    await admin.post('/v1/invoices', {
      ...{ currency: 'EUR', contactId, language: 'en', title: 'As seen', lineItems: [line()] },
      ...{ allowOnlinePayment: true, allowPartialPayments: true },
    }),
  );
  const invoice = ok(await admin.post(`/v1/invoices/${draft.id}/finalize`));
  const path = `/v1/invoices/${draft.id}`;
  const token = new URL(invoice.link).pathname.split('/')[2] as string;
  const manual = withManual
    ? ok(await admin.post(`${path}/payments`, { amount: '10', method: 'cash' }))
    : undefined;
  const spare = ok(await admin.post('/v1/payments', { amount: '7', method: 'cash' }));
  return { world, id: draft.id, path, token, manual, spare };
};

export const checkOutOf = ({ world, token }: Paying): Promise<Answer> =>
  world.admin.post(`/i/${token}/checkout`, {});

/** Opens the invoice's page; a deleted invoice has none. */
export const openPage = async ({ world, token }: Paying): Promise<string> => {
  const { status, text } = await world.admin.get(`/i/${token}`);
  expect([200, 410]).toContain(status);
  return text;
};

/** What staff does; each would change what the buyer owes. */
export type Deed = 'edit' | 'void' | 'record' | 'apply' | 'take off' | 'delete payment' | 'delete';
export const deeds: readonly Deed[] = [
  ...(['edit', 'void', 'record', 'apply', 'take off', 'delete payment', 'delete'] as const),
];
export const needsManual = (deed: Deed): boolean => deed === 'take off' || deed === 'delete payment';

export const doIt = (deed: Deed, { world: { admin }, path, manual, spare }: Paying): Promise<Answer> => {
  const what: Record<Deed, () => Promise<Answer>> = {
    edit: () => admin.patch(path, { title: 'Edited' }),
    void: () => admin.post(`${path}/void`),
    record: () => admin.post(`${path}/payments`, { amount: '20', method: 'cash' }),
    apply: () => admin.post(`${path}/payments/apply`, { paymentId: spare.id }),
    'take off': () => admin.delete(`${path}/payments/${manual.id}`),
    'delete payment': () => admin.delete(`/v1/payments/${manual.id}`),
    delete: () => admin.delete(path),
  };
  return what[deed]();
};

/** Delivers all that was not told yet. */
export const deliverAll = async ({ provider }: World): Promise<void> => {
  for (const event of provider.events.splice(0)) expect((await provider.deliver(event)).status).toBe(204);
};

const isOnline = ({ online }: Json): boolean => online;

/** All that was paid at the provider is a payment, once, and none else; what is on the invoice is what was seen. */
const moneyAddsUp = async ({ world, id, path }: Paying): Promise<void> => {
  const { admin, provider } = world;
  const answer = await admin.get(path);
  const invoice: Json = answer.status === 404 ? undefined : ok(answer);
  const applied: Json[] = (invoice?.payments ?? []).filter(isOnline);
  for (const session of sessionsOf(provider, id)) {
    const found = await admin.get(`/v1/payments/${session.metadata.quittance_session}`);
    if (session.money === 'none') {
      expect(found.status).toBe(404);
      continue;
    }
    const payment = ok(found);
    const wanted = { paid: 'succeeded', failed: 'failed', processing: 'processing' }[session.money];
    expect(payment).toMatchObject({ online: true, status: wanted });
    expect(Math.round(Number(payment.amount) * 100)).toBe(session.amount);
    const onInvoice = applied.filter((one) => one.id === payment.id);
    const onIt = payment.applications.map(({ amount }: Json) => Number(amount));
    const counted = session.money === 'paid' ? Number(payment.amount) : 0;
    expect(Number(payment.unapplied) + onIt.reduce((sum: number, one: number) => sum + one, 0)).toBe(counted);
    expect(onInvoice.map(({ amount }) => Number(amount))).toEqual(onIt);
  }
  if (invoice === undefined) return;
  const sum = invoice.payments.reduce((all: number, { amount }: Json) => all + Number(amount), 0);
  expect(sum).toBe(Number(invoice.amountPaid));
  expect(Number(invoice.amountPaid) + Number(invoice.balanceDue)).toBe(Number(invoice.total));
  if (applied.length > 0) {
    expect(invoice.title).toBe('As seen');
    expect(invoice.status).not.toBe('voided');
  }
};

/** Nothing is stuck: no session is held by the invoice, none waits for the sweeper, and the next one can begin. */
const isFree = async (paying: Paying): Promise<void> => {
  const { world, id, path } = paying;
  const header = await readHeader(table(), world.accountId, id);
  expect(header?.paySessionId).toBeUndefined();
  expect(await sessionsWaiting()).toBe(0);
  if (header?.status !== 'open') return;
  expect((await checkOutOf(paying)).status).toBe(303);
  const paid = await world.admin.post(`${path}/payments`, { amount: '1', method: 'cash' });
  expect(paid.status).toBe(201);
  await deliverAll(world);
  expect(await sessionsWaiting()).toBe(0);
};

/** What must be true at the end, once the provider has told all and the sweeper was there. */
export const endsWell = async (paying: Paying, told: 'by messages' | 'by nobody'): Promise<void> => {
  if (told === 'by messages') await deliverAll(paying.world);
  else paying.world.provider.events.length = 0;
  await sweepLater();
  paying.world.provider.events.length = 0;
  await moneyAddsUp(paying);
  await isFree(paying);
  await moneyAddsUp(paying);
};
