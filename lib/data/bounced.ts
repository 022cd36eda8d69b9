import * as z from 'zod';
import { bouncedKey } from './keys.ts';
import { getItems, type Table } from './table.ts';
import type { Transaction } from './transaction.ts';

/** The addresses that bounced for good, by account (SEND-12). */

const stored = z.object({ email: z.string(), at: z.string() });
export type Bounced = z.infer<typeof stored>;

/** Those of the addresses that bounced for good, and when. */
export const bouncedOf = async (
  table: Table,
  accountId: string,
  addresses: readonly string[],
): Promise<Bounced[]> => {
  const asked = new Set(addresses.map((address) => address.toLowerCase()));
  const items = await getItems(
    table,
    [...asked].map((address) => bouncedKey(accountId, address)),
  );
  return items.map(({ data }) => stored.parse(data));
};

/** Adds that an address bounced for good. */
export const putBounced = (transaction: Transaction, accountId: string, bounced: Bounced): void => {
  transaction.put({ ...bouncedKey(accountId, bounced.email), data: bounced });
};
