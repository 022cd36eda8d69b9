import * as z from 'zod';
import { idempotencyKey } from './keys.ts';
import { getItem, type Table } from './table.ts';
import { absent, type Transaction } from './transaction.ts';

/** What a POST with an Idempotency-Key did (API-2): status and ids only, no link that works, no secret. */
const storedRecord = z.object({
  /** Hash of route and body. */
  fingerprint: z.string(),
  status: z.number(),
  ids: z.record(z.string(), z.string()),
});
export type IdempotencyRecord = z.infer<typeof storedRecord>;

/** Somebody with the same key was first: answer what he did. */
export class AlreadyDone extends Error {
  override readonly name = 'AlreadyDone';
}

/** Where a request's record lies: the account (or identity), who asks, and the key. */
export type IdempotencySlot = { scope: string; principal: string; key: string };

const secondsKept = 24 * 3_600;

/** The record of a key within its day, or undefined. */
export const readIdempotency = async (
  table: Table,
  slot: IdempotencySlot,
  nowSeconds: number,
): Promise<IdempotencyRecord | undefined> => {
  const item = await getItem(table, idempotencyKey(slot.scope, slot.principal, slot.key));
  // Deletion by time to live may be days late.
  return item === undefined || (item.expiresAt as number) <= nowSeconds
    ? undefined
    : storedRecord.parse(item.data);
};

/** Adds the record to the transaction that has the effect; refused as AlreadyDone while an earlier one is valid. */
export const putIdempotency = (
  transaction: Transaction,
  slot: IdempotencySlot,
  record: IdempotencyRecord,
  nowSeconds: number,
): void => {
  transaction.put(
    {
      ...idempotencyKey(slot.scope, slot.principal, slot.key),
      expiresAt: nowSeconds + secondsKept,
      data: record,
    },
    {
      expression: `${absent.expression} OR expiresAt <= :now`,
      values: { ':now': nowSeconds },
    },
    () => new AlreadyDone(),
  );
};
