import { ok } from '#test/support/account.ts';
import type { Json } from '#test/support/service.ts';
import type { State } from './state.ts';
import type { World } from './world.ts';

/** What the service shows of an account, in the words of expected.ts. */

const byKey = (list: Json[], name: string): Json[] =>
  list.toSorted((left, right) => (left[name] < right[name] ? -1 : 1));

export const seenInvoice = ({ keyOf }: World, body: Json) => ({
  ...{ key: keyOf(body.id), status: body.status, number: body.number, currency: body.currency },
  ...{ version: body.version, documentVersion: body.documentVersion, source: body.source },
  ...{ subtotal: body.subtotal, discountTotal: body.discountTotal, taxTotal: body.taxTotal },
  ...{ total: body.total, amountPaid: body.amountPaid, balanceDue: body.balanceDue },
  ...{ partiallyPaid: body.partiallyPaid, overdue: body.overdue },
  payments: byKey(
    body.payments.map(({ id, amount }: Json) => ({ payment: keyOf(id), amount })),
    'payment',
  ),
  clonedFrom: keyOf(body.clonedFrom),
  contactId: keyOf(body.contactId),
  contactIds: (body.contactIds ?? []).map(keyOf),
  ...{ title: body.title, internalNote: body.internalNote },
  ...{ invoiceDate: body.invoiceDate, dueDate: body.dueDate, paymentTermDays: body.paymentTermDays },
  ...{ buyer: body.buyer?.name ?? null, seller: body.seller?.name ?? null },
  ...{ createdBy: body.createdBy.name, updatedBy: body.updatedBy.name, sent: body.lastSentAt !== null },
  actions: body.actions as Record<string, string | null>,
});

export const seenPayment = ({ keyOf }: World, body: Json) => ({
  ...{ key: keyOf(body.id), amount: body.amount, unapplied: body.unapplied, currency: body.currency },
  ...{ date: body.date, contact: keyOf(body.contactId), version: body.version },
  applications: byKey(
    body.applications.map(({ invoiceId, amount }: Json) => ({ invoice: keyOf(invoiceId), amount })),
    'invoice',
  ),
});

/** All pages of a list; small ones, so that cursors are used. */
const pagesOf = async ({ admin }: World, path: string, limit = 20): Promise<Json[]> => {
  const pages: Json[] = [];
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const query = `limit=${limit}${cursor === undefined ? '' : `&cursor=${cursor}`}`;
    const page: Json = ok(await admin.get(`${path}${path.includes('?') ? '&' : '?'}${query}`));
    pages.push(page);
    cursor = page.nextCursor;
  }
  return pages;
};
const listOf = async (world: World, path: string): Promise<Json[]> =>
  (await pagesOf(world, path)).flatMap(({ data }) => data);

export const seenHistory = async (world: World, path: string) =>
  (await listOf(world, `${path}/history`)).map(
    ({ action, actor, version, paymentId = null, amount = null, reason = null }: Json) => ({
      ...{ action, by: actor.name, version, payment: world.keyOf(paymentId), amount, reason },
    }),
  );

const seenAudit = async (world: World) => {
  const pages = await pagesOf(world, '/v1/numbering/audit', 7);
  return {
    runs: pages[0]?.runs.map(({ run, start, last }: Json) => ({ run, start, last })),
    numbers: pages
      .flatMap(({ data }) => data)
      .map(({ run, number, invoiceId, status, deletedBy, reason = null }: Json) => ({
        ...{ run, number, invoice: world.keyOf(invoiceId), status },
        ...{ deletedBy: deletedBy?.name ?? null, reason },
      })),
    gaps: pages.flatMap(({ gaps }) => gaps),
  };
};

const mapped = async <T>(keys: readonly string[], read: (key: string) => Promise<T>) =>
  Object.fromEntries(await Promise.all(keys.map(async (key) => [key, await read(key)] as const)));

/** The whole account; the state only says what there ever was. */
export const seenAccount = async (world: World, state: State) => {
  const { admin, idOf, keyOf } = world;
  const pathOf = (kind: 'invoices' | 'payments', key: string) => `/v1/${kind}/${idOf(key)}`;
  const kindOf = (key: string) => (key in state.invoices ? 'invoices' : 'payments');
  const there = async (kind: 'invoices' | 'payments', show: (world: World, body: Json) => object) => {
    const all = await mapped(Object.keys(state[kind]), async (key) => {
      const { status, body } = await admin.get(pathOf(kind, key));
      return status === 404 ? undefined : show(world, body);
    });
    return Object.fromEntries(Object.entries(all).filter(([, one]) => one !== undefined));
  };
  const keysIn = async (path: string) => (await listOf(world, path)).map(({ id }) => keyOf(id));
  return {
    invoices: await there('invoices', seenInvoice),
    payments: await there('payments', seenPayment),
    numbering: ok(await admin.get('/v1/numbering')),
    audit: await seenAudit(world),
    byNumber: await keysIn('/v1/invoices?sort=number'),
    allPayments: await keysIn('/v1/payments'),
    unapplied: await keysIn('/v1/payments?unapplied=true'),
    histories: await mapped([...Object.keys(state.invoices), ...Object.keys(state.payments)], (key) =>
      seenHistory(world, pathOf(kindOf(key), key)),
    ),
    settingsVersion: ok(await admin.get('/v1/settings')).version,
  };
};
