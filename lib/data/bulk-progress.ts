import * as z from 'zod';
import { Refusal } from '#lib/domain/refusal.ts';
import type { IdempotencySlot } from './idempotency.ts';
import { progressKey } from './keys.ts';
import { queryAll, type Table } from './table.ts';
import type { Transaction } from './transaction.ts';

/** What a bulk request has done so far, kept with each of its transactions: a repeat after a crash goes on (API-2). */

const finalizedOne = z.object({ invoiceId: z.string(), number: z.string(), version: z.number() });
const refusedOne = z.object({
  invoiceId: z.string(),
  code: z.string(),
  errors: z.array(z.object({ pointer: z.string(), code: z.string(), detail: z.string() })),
});
const storedProgress = z.object({
  fingerprint: z.string(),
  finalized: z.array(finalizedOne),
  refused: z.array(refusedOne),
});
export type FinalizedOne = z.infer<typeof finalizedOne>;
export type RefusedOne = z.infer<typeof refusedOne>;
export type Progress = { finalized: FinalizedOne[]; refused: RefusedOne[] };
export type Keyed = { slot: IdempotencySlot; fingerprint: string };

const secondsKept = 24 * 3_600;

/** All that was done under the key so far. @throws Refusal idempotency_key_reused for another request's key */
export const readProgress = async (
  table: Table,
  { slot, fingerprint }: Keyed,
  nowSeconds: number,
): Promise<Progress> => {
  const { pk, sk: prefix } = progressKey(slot.scope, slot.principal, slot.key, '');
  const items = (await queryAll(table, { pk, prefix })).filter(
    (item) => (item.expiresAt as number) > nowSeconds,
  );
  const parts = items.map(({ data }) => storedProgress.parse(data));
  if (parts.some((part) => part.fingerprint !== fingerprint)) throw new Refusal('idempotency_key_reused');
  return {
    finalized: parts.flatMap((part) => part.finalized),
    refused: parts.flatMap((part) => part.refused),
  };
};

/** Adds what this transaction does to the progress; `part` is unique and sorts after the parts before it. */
export const putProgress = (
  transaction: Transaction,
  { slot, fingerprint }: Keyed,
  part: string,
  progress: Progress,
  nowSeconds: number,
): void => {
  transaction.put({
    ...progressKey(slot.scope, slot.principal, slot.key, part),
    expiresAt: nowSeconds + secondsKept,
    data: { fingerprint, ...progress },
  });
};
