import * as z from 'zod';
import type { Remembered } from '#lib/domain/sending/choose-sender.ts';
import { rememberedSenderKey } from './keys.ts';
import { getItems, type Table } from './table.ts';
import type { Transaction } from './transaction.ts';

/** The address that was sent from last: for the account, and for each member alone (SEND-5). */

const stored = z.object({ email: z.string(), at: z.string() });

export const readRemembered = async (
  table: Table,
  accountId: string,
  memberId: string | undefined,
): Promise<{ account: Remembered | undefined; member: Remembered | undefined }> => {
  const keys = ['account', ...(memberId === undefined ? [] : [memberId])].map((of) =>
    rememberedSenderKey(accountId, of),
  );
  const items = await getItems(table, keys);
  const of = (name: string | undefined): Remembered | undefined => {
    const item = items.find(({ sk }) => sk === name);
    return item && stored.parse(item.data);
  };
  return { account: of('account'), member: of(memberId) };
};

/** Adds that an address was sent from; the last one to be written is the one that is remembered. */
export const putRemembered = (
  transaction: Transaction,
  accountId: string,
  of: 'account' | (string & {}),
  remembered: Remembered,
): void => {
  transaction.put({ ...rememberedSenderKey(accountId, of), data: remembered });
};
