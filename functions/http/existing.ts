import { table } from '#functions/wiring/table.ts';
import { readSettings } from '#lib/data/accounts.ts';
import type { Settings } from '#lib/domain/account/settings.ts';
import { type IdPrefix, isId } from '#lib/domain/fields.ts';
import { Refusal } from '#lib/domain/refusal.ts';

/** What a path names: an id of another kind or account is one that does not exist (PERM-2). */

/** @throws Refusal not_found unless the value is an id of that kind */
export const idOf = (prefix: IdPrefix, value: string): string => {
  if (!isId(prefix, value)) throw new Refusal('not_found');
  return value;
};

/** @throws Refusal not_found when there is nothing */
export const found = <T>(value: T | undefined): T => {
  if (value === undefined) throw new Refusal('not_found');
  return value;
};

/** The settings of the caller's account, which is known to exist. */
export const accountSettings = async (accountId: string): Promise<Settings> => {
  const settings = await readSettings(table(), accountId);
  if (settings === undefined) throw new Error(`account ${accountId} has no settings`);
  return settings;
};
