import { units } from '#test/soak/amounts.ts';
import { holding } from '#test/soak/known.ts';
import { clientOf, type Deed, pickInvoice, type Random } from '#test/soak/worker.ts';
import type { Json } from '#test/support/service.ts';
import { look } from './look.ts';

/** Searches, lists and histories. */

const pagesAtMost = 5;

type Search = { body: Record<string, unknown>; holds: (row: Json) => boolean };
const where = (...filters: Record<string, unknown>[]) => ({ filterGroups: [{ filters }] });

/** What somebody might look for, and how a row shows that it belongs there. */
const searchOf = ({ pick, below }: Random, currency: string): Search => {
  const status = pick(['draft', 'open', 'paid', 'voided']);
  const word = `Order ${below(10)}`;
  const value = String(100 + below(1_000));
  const searches: Search[] = [
    { body: {}, holds: () => true },
    {
      body: where({ property: 'status', operator: 'EQ', value: status }),
      holds: (row) => row.status === status,
    },
    {
      body: where(
        { property: 'currency', operator: 'EQ', value: currency },
        { property: 'status', operator: 'IN', values: ['open', 'paid'] },
      ),
      holds: (row) => row.currency === currency && ['open', 'paid'].includes(row.status),
    },
    {
      body: where(
        { property: 'total', operator: 'GTE', value },
        { property: 'currency', operator: 'EQ', value: 'EUR' },
      ),
      holds: (row) => row.currency === 'EUR' && units(row.total) >= units(`${value}.00`),
    },
    {
      body: where({ property: 'partiallyPaid', operator: 'EQ', value: true }),
      holds: (row) => row.status === 'open' && units(row.amountPaid) > 0n,
    },
    { body: { query: word.toLowerCase() }, holds: (row) => row.title?.startsWith(word) ?? false },
    {
      body: where({ property: 'number', operator: 'HAS_PROPERTY' }),
      holds: (row) => row.number !== null,
    },
  ];
  return pick(searches);
};

const columns = ['number', 'status', 'currency', 'total', 'amountPaid', 'balanceDue', 'title', 'dueDate'];
const sorts = ['createdAt', 'invoiceDate', 'dueDate', 'number', 'total'] as const;

export const search: Deed = async (worker, account) => {
  const { random } = worker;
  const { body, holds } = searchOf(random, random.pick(account.currencies));
  const sort = { property: random.pick(sorts), direction: random.pick(['asc', 'desc']) };
  const limit = random.pick([10, 25, 50, 200]);
  const http = clientOf(worker, account);
  let cursor: string | null = null;
  for (let page = 0; page < pagesAtMost; page++) {
    const found = await worker.ask({
      ...{ http, deed: 'search', method: 'POST', path: '/v1/invoices/search', expect: [200] },
      body: { ...body, sort, limit, cursor, columns },
    });
    if (found === undefined) return true;
    const { data, nextCursor } = found.body;
    const stray = data.find((row: Json) => !holds(row));
    if (stray !== undefined || data.length > limit)
      worker.wrong('search', `${JSON.stringify(body)} found ${JSON.stringify(stray ?? data.length)}`);
    cursor = nextCursor;
    if (cursor === null) return true;
  }
  return true;
};

export const list: Deed = async (worker, account) => {
  const { random } = worker;
  const path = random.pick([
    ...['/v1/invoices', '/v1/invoices?status=open&sort=-total', '/v1/invoices?sort=number&limit=100'],
    ...['/v1/payments', '/v1/payments?unapplied=true', '/v1/contacts', '/v1/exports', '/v1/settings'],
    ...['/v1/numbering', '/v1/numbering/audit?limit=50'],
  ]);
  const http = clientOf(worker, account);
  await worker.ask({ http, deed: 'list', method: 'GET', path, expect: [200] });
  return true;
};

export const readHistory: Deed = async (worker, account) => {
  const invoice = pickInvoice(worker, account, () => true);
  if (invoice === undefined) return false;
  await holding([invoice], async (hold) => {
    const property = worker.random.chance(0.3) ? '/status' : '';
    const read = await worker.ask({
      ...{ http: clientOf(worker, account), deed: 'read a history', hold, method: 'GET' },
      ...{ path: `/v1/invoices/${invoice.id}/history${property}`, expect: [200] },
    });
    if (read === undefined) await look(worker, invoice, hold);
  });
  return true;
};

export const explain: Deed = async (worker, account) => {
  const invoice = pickInvoice(worker, account, () => true);
  if (invoice === undefined) return false;
  await holding([invoice], async (hold) => {
    const path = `/v1/invoices/${invoice.id}/${worker.random.pick(['explain', 'preview'])}`;
    const http = clientOf(worker, account);
    const read = await worker.ask({
      http,
      deed: 'explain or preview',
      hold,
      method: 'GET',
      path,
      expect: [200],
    });
    if (read === undefined) await look(worker, invoice, hold);
  });
  return true;
};
