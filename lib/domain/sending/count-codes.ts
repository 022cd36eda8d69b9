import * as z from 'zod';
import { Refusal } from '#lib/domain/refusal.ts';

/**
 * How many codes were mailed to an address lately for an account. It outlives the sender address: who deletes that and asks
 * again is no freer to guess, or to fill somebody's mailbox (SEND-15).
 */
export const storedCodeCount = z.object({
  accountId: z.string(),
  email: z.string(),
  /** When the first of them was asked for. */
  since: z.string(),
  times: z.number(),
  revision: z.number(),
});
export type CodeCount = z.infer<typeof storedCodeCount>;

export const codesAnHour = 20;
const hour = 3_600_000;

/** The count with one code more. @throws Refusal too_many_requests above twenty within an hour */
export const countCode = (
  known: CodeCount | undefined,
  { accountId, email, at }: { accountId: string; email: string; at: string },
): CodeCount => {
  const passed = known === undefined ? hour : Date.parse(at) - Date.parse(known.since);
  if (known === undefined || passed >= hour)
    return { accountId, email, since: at, times: 1, revision: known?.revision ?? 0 };
  if (known.times >= codesAnHour)
    throw new Refusal('too_many_requests', {
      detail: 'Too many codes were asked for within an hour.',
      retryAfter: Math.ceil((hour - passed) / 1_000),
    });
  return { ...known, times: known.times + 1 };
};
