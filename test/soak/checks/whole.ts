import type { Check } from '#test/bench/figures.ts';
import { sideBySide } from '#test/bench/http.ts';
import type { SoakAccount } from '#test/soak/known.ts';
import type { Json } from '#test/support/service.ts';

/** An account as it is in the end, whole: what the checks look at. */
export type Whole = {
  account: SoakAccount;
  /** Of the list, and each by itself. */
  rows: Json[];
  invoices: Map<string, Json>;
  payments: Json[];
  /** Of all that there ever were, the deleted ones included. */
  histories: Map<string, Json[]>;
  emails: Map<string, Json[]>;
};

const clients = 6;

export const read = async ({ admin }: SoakAccount, path: string): Promise<Json> => {
  const { status, body, bytes } = await admin('GET', path);
  if (status !== 200) throw new Error(`GET ${path}: ${status} ${bytes.toString().slice(0, 400)}`);
  return body;
};

/** All pages of a list. */
export const listAll = async (account: SoakAccount, path: string): Promise<Json[]> => {
  const all: Json[] = [];
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const query = `limit=200${cursor === undefined ? '' : `&cursor=${encodeURIComponent(cursor)}`}`;
    const page: Json = await read(account, `${path}${path.includes('?') ? '&' : '?'}${query}`);
    all.push(...page.data);
    cursor = page.nextCursor;
  }
  return all;
};

const byId = async <T>(
  ids: readonly string[],
  readOne: (id: string) => Promise<T>,
): Promise<Map<string, T>> =>
  new Map(await sideBySide(clients, ids, async (id) => [id, await readOne(id)] as const));

export const readWhole = async (account: SoakAccount): Promise<Whole> => {
  const rows = await listAll(account, '/v1/invoices');
  const sent = account.invoices.filter(({ emails, isGone }) => emails.length > 0 && !isGone);
  return {
    ...{ account, rows, payments: await listAll(account, '/v1/payments') },
    invoices: await byId(
      rows.map(({ id }) => id),
      (id) => read(account, `/v1/invoices/${id}`),
    ),
    histories: await byId([...account.byId.keys()], (id) => listAll(account, `/v1/invoices/${id}/history`)),
    emails: await byId(
      sent.map(({ id }) => id),
      (id) => listAll(account, `/v1/invoices/${id}/emails`),
    ),
  };
};

/** Faults of one kind; the check tells the first of them. */
export type Faults = string[];
export const checkOf = (what: string, { country }: SoakAccount, looked: string, faults: Faults): Check => ({
  what: `${country}: ${what}`,
  holds: faults.length === 0,
  found: faults.length === 0 ? looked : `${faults.length}: ${faults.slice(0, 5).join('; ')}`,
});
