import { putRecord } from '#lib/data/collection.ts';
import { senderAddresses } from '#lib/data/collections.ts';
import type { Table } from '#lib/data/table.ts';
import { Transaction } from '#lib/data/transaction.ts';

/** An address of the account that is proved already, past the service: what proving takes has tests of its own. */
export const proveSender = async (
  table: Table,
  accountId: string,
  email: string,
  more: { sharedWith?: 'account' | string[]; name?: string } = {},
): Promise<void> => {
  const at = new Date().toISOString();
  const writes = new Transaction(table);
  putRecord(writes, senderAddresses, undefined, {
    ...{ accountId, email, name: more.name, sharedWith: more.sharedWith ?? [] },
    ...{ verifiedAt: at, version: 1, revision: 0, createdAt: at, updatedAt: at },
    createdBy: { type: 'system', id: null, name: null },
  });
  await writes.commit();
};
