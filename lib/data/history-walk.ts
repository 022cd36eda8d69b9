import { DeleteCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { accountsAfter, readSettings } from './accounts.ts';
import { type Checked, checkSubject, type Subject } from './history-check.ts';
import { historyCheckKey, settingsKey } from './keys.ts';
import { readList } from './lists.ts';
import { getItem, type Table } from './table.ts';

/** A walk through all that has a history, account by account, which can stop anywhere and go on later. */

const position = z.object({
  accountId: z.string(),
  /** What of the account comes next: its settings, invoices, payments. */
  list: z.enum(['settings', 'I', 'P']),
  after: z.string().optional(),
});
type Position = z.infer<typeof position>;

const readPosition = async (table: Table): Promise<Position | undefined> =>
  position.safeParse((await getItem(table, historyCheckKey))?.data).data;

const keepPosition = async ({ client, name: TableName }: Table, at: Position | undefined): Promise<void> => {
  if (at === undefined) await client.send(new DeleteCommand({ TableName, Key: historyCheckKey }));
  else await client.send(new PutCommand({ TableName, Item: { ...historyCheckKey, data: at } }));
};

const startOf = async (table: Table, after: string | undefined): Promise<Position | undefined> => {
  const [accountId] = await accountsAfter(table, after, 1);
  return accountId === undefined ? undefined : { accountId, list: 'settings' };
};

const listed = z.looseObject({ id: z.string(), version: z.number(), updatedAt: z.string() });
const subjectsPerPage = 50;

/** One page of the account's subjects, and where the next one begins; undefined at the account's end. */
const pageAt = async (
  table: Table,
  { accountId, list, after }: Position,
): Promise<{ subjects: Subject[]; next: Position | undefined }> => {
  const settings = await readSettings(table, accountId);
  if (settings === undefined) return { subjects: [], next: undefined };
  if (list === 'settings') {
    const { version, updatedAt } = settings;
    const subject = { accountId, subject: 'settings', pk: settingsKey(accountId).pk, version, updatedAt };
    return { subjects: [subject], next: { accountId, list: 'I' } };
  }
  const page = await readList(table, {
    ...{ index: 'byCreation', kind: list, accountId, shards: settings.shards },
    ...{ descending: false, limit: subjectsPerPage, after },
  });
  const subjects = page.items.map(({ pk, data }): Subject => {
    const { id, version, updatedAt } = listed.parse(data);
    // A payment's version also rises with what its invoices tell of.
    return { accountId, subject: id, pk, version: list === 'I' ? version : 0, updatedAt };
  });
  if (page.next !== undefined) return { subjects, next: { accountId, list, after: page.next } };
  return { subjects, next: list === 'I' ? { accountId, list: 'P' } : undefined };
};

/** A run of the nightly check looks at so many subjects at most; the next one goes on. */
export const subjectsARun = 200_000;

const atOnce = 10;
const checkAll = async (table: Table, subjects: readonly Subject[], before: string): Promise<Checked[]> => {
  const done: Checked[] = [];
  for (let from = 0; from < subjects.length; from += atOnce) {
    const some = subjects.slice(from, from + atOnce);
    done.push(...(await Promise.all(some.map((subject) => checkSubject(table, subject, before)))));
  }
  return done;
};

export type Walked = Checked & { subjects: number; isWhole: boolean };

/**
 * Checks histories from where the last walk stopped, until all accounts are through, `mostSubjects` are checked or
 * `goesOn` says no. What was written from `before` on is left to the next time: its history may be on its way.
 */
export const walkHistories = async (
  table: Table,
  { before, mostSubjects, goesOn }: { before: string; mostSubjects: number; goesOn: () => boolean },
): Promise<Walked> => {
  const walked: Walked = { subjects: 0, missing: [], mended: [], isWhole: false };
  let at = (await readPosition(table)) ?? (await startOf(table, undefined));
  while (at !== undefined && walked.subjects < mostSubjects && goesOn()) {
    const { subjects, next } = await pageAt(table, at);
    for (const { missing, mended } of await checkAll(table, subjects, before)) {
      walked.missing.push(...missing);
      walked.mended.push(...mended);
    }
    walked.subjects += subjects.length;
    at = next ?? (await startOf(table, at.accountId));
    await keepPosition(table, at);
  }
  return { ...walked, isWhole: at === undefined };
};
