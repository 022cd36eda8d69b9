import { type Settings, storedSettings } from '#lib/domain/account/settings.ts';
import type { Change } from '#lib/domain/change.ts';
import { following } from './history.ts';
import { accountListKey, settingsKey } from './keys.ts';
import { getItem, queryEach, queryPage, type Table } from './table.ts';
import { absent, atRevision, type Transaction } from './transaction.ts';

/** The account's settings as they are now, or undefined. */
export const readSettings = async (table: Table, accountId: string): Promise<Settings | undefined> => {
  const item = await getItem(table, settingsKey(accountId));
  return item && storedSettings.parse(item.data);
};

/** Adds the write of the settings; stale if they are not `previous` any more. */
export const putSettings = (
  transaction: Transaction,
  previous: Settings | undefined,
  next: Settings,
  change: Change,
): Settings => {
  const data = { ...next, revision: (previous?.revision ?? 0) + 1 };
  const stamp = following(previous, change);
  transaction.put(
    { ...settingsKey(next.id), revision: data.revision, subject: 'settings', change: stamp, data },
    previous ? atRevision(previous.revision) : absent,
  );
  if (previous === undefined) transaction.put({ ...accountListKey(next.id) });
  return data;
};

/** The ids of accounts that follow after one, in their order, at most `limit`. */
export const accountsAfter = async (
  table: Table,
  accountId: string | undefined,
  limit: number,
): Promise<string[]> => {
  const { pk } = accountListKey('');
  const { items } = await queryPage(table, { pk, after: accountId, limit });
  return items.map(({ sk }) => sk);
};

/** The ids of all accounts, in their order. */
export async function* allAccounts(table: Table): AsyncGenerator<string> {
  for await (const { sk } of queryEach(table, { pk: accountListKey('').pk, limit: 100 })) yield sk;
}
