import type { Actor } from '#lib/domain/actor.ts';
import type { Counter, IssuedNumber } from '#lib/domain/numbering.ts';
import type { FinalizedHeader } from './invoice.ts';

/** What stays of a finalized invoice that is deleted: the record of its number, with who, when and why (DEL-3, NUM-7). */
export const deletedNumberOf = (
  invoice: FinalizedHeader,
  given: { at: string; by: Actor; reason: string | undefined },
): IssuedNumber => ({
  run: invoice.run,
  counter: invoice.counter,
  number: invoice.number,
  invoiceId: invoice.id,
  issuedAt: invoice.finalizedAt,
  status: 'deleted',
  deletedAt: given.at,
  deletedBy: given.by,
  reason: given.reason,
});

/** The counter with one finalized invoice less: the numbers go on all the same (NUM-3). */
export const afterDeleting = (counter: Counter): Counter => ({
  ...counter,
  liveFinalized: counter.liveFinalized - 1,
});
