import { setTimeout as sleep } from 'node:timers/promises';
import { parse } from 'csv-parse/sync';
import type { Check } from '#test/bench/figures.ts';
import type { SoakAccount } from '#test/soak/known.ts';
import type { Json } from '#test/support/service.ts';
import { checkOf, type Faults, listAll, read, type Whole } from './whole.ts';

/** What is listed, searched and exported is what there is. */

const searchAll = async ({ admin }: SoakAccount, property: string, value: string): Promise<Json[]> => {
  const all: Json[] = [];
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const body = {
      ...{ filterGroups: [{ filters: [{ property, operator: 'EQ', value }] }], columns: [property] },
      ...{ limit: 200, cursor: cursor ?? null },
    };
    const page: Json = await admin('POST', '/v1/invoices/search', { body });
    if (page.status !== 200) throw new Error(`a search: ${page.status} ${page.bytes}`);
    all.push(...page.body.data);
    cursor = page.body.nextCursor;
  }
  return all;
};

const idsOf = (list: readonly Json[]): string =>
  list
    .map(({ id }) => id)
    .sort()
    .join();

/** FILT-5: list, search and a plain look at all the invoices agree; and all of them are those that the workers made. */
export const listsAgree = async ({ account, rows, invoices }: Whole): Promise<Check[]> => {
  const faults: Faults = [];
  const made = account.invoices.filter(({ isGone }) => !isGone);
  if (idsOf(rows) !== idsOf(made))
    faults.push(`${rows.length} are listed, ${made.length} were made and kept`);
  for (const { id, status, version } of made) {
    const there = invoices.get(id);
    if (there === undefined) faults.push(`${id} is lost`);
    else if (there.status !== status || there.version !== version)
      faults.push(`${id} is ${there.status} ${there.version}, and was ${status} ${version} when last seen`);
  }
  const values: [property: string, value: string][] = [
    ...['draft', 'open', 'paid', 'voided'].map((status): [string, string] => ['status', status]),
    ...[...new Set(account.currencies)].map((currency): [string, string] => ['currency', currency]),
  ];
  for (const [property, value] of values) {
    const plain = rows.filter((row) => row[property] === value);
    const listed = await listAll(account, `/v1/invoices?${property}=${value}`);
    const found = await searchAll(account, property, value);
    if (idsOf(listed) !== idsOf(plain) || idsOf(found) !== idsOf(plain))
      faults.push(
        `${property} ${value}: ${plain.length} there, ${listed.length} listed, ${found.length} found`,
      );
  }
  return [checkOf('lists and searches find what there is', account, `${rows.length} invoices`, faults)];
};

const columns = ['id', 'number', 'status', 'currency', 'total', 'amountPaid', 'balanceDue'];
const patience = 300_000;

const exportAll = async (account: SoakAccount): Promise<Json> => {
  const { status, body } = await account.admin('POST', '/v1/exports', { body: { format: 'csv', columns } });
  if (status !== 202) throw new Error(`an export: ${status} ${JSON.stringify(body)}`);
  for (const until = Date.now() + patience; Date.now() < until; await sleep(200)) {
    const now = await read(account, `/v1/exports/${body.id}`);
    if (now.status === 'done') return now;
    if (now.status === 'failed') throw new Error(`an export failed: ${now.error}`);
  }
  throw new Error(`an export is not done after ${patience / 1_000} s`);
};

/** EXP-3: one row for each live invoice, with what it shows itself. */
export const exportIsWhole = async ({ account, invoices }: Whole): Promise<Check[]> => {
  const faults: Faults = [];
  const done = await exportAll(account);
  const rows: string[][] = [];
  for (const { url } of done.files) {
    const text = await (await fetch(url)).text();
    rows.push(...(parse(text, { bom: true, from_line: 2 }) as string[][]));
  }
  const seen = new Set<string>();
  for (const row of rows) {
    const id = row[0] ?? '';
    const invoice = invoices.get(id);
    const shown = invoice && columns.map((name) => String(invoice[name] ?? '')).join();
    if (shown === undefined || seen.has(id))
      faults.push(`${id} ${shown ? 'is there twice' : 'is no invoice'}`);
    else if (shown !== row.join()) faults.push(`${row.join()} is ${shown}`);
    seen.add(id);
  }
  if (seen.size !== invoices.size) faults.push(`${seen.size} of ${invoices.size} are there`);
  const found = `${rows.length} rows, ${done.bytes} bytes`;
  return [checkOf('an export has one row for each invoice', account, found, faults)];
};
