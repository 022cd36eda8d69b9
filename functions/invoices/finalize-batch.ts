import type { ActionRequest } from '#functions/http/request.ts';
import { table } from '#functions/wiring/table.ts';
import { type FinalizedOne, putProgress, type RefusedOne } from '#lib/data/bulk-progress.ts';
import { mostDetailsParts } from '#lib/data/invoice-parts.ts';
import { readWithoutLines } from '#lib/data/invoices.ts';
import { Transaction } from '#lib/data/transaction.ts';
import type { Settings } from '#lib/domain/account/settings.ts';
import type { Invoice } from '#lib/domain/invoice/invoice.ts';
import type { Counter } from '#lib/domain/numbering.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import type { finalizeInvoices } from './contract.ts';
import {
  type Numbered,
  numbered,
  putFinalized,
  type Ready,
  readyOrRefuse,
  writesForAll,
  writesForEach,
} from './finalize-draft.ts';
import { type Parties, readParties } from './parties.ts';

/** One transaction of bulk finalizing: what is read for it, who of it can be finalized, and its write (NUM-6). */
export type BulkRequest = ActionRequest<typeof finalizeInvoices>;

/** A transaction takes 100 writes and 4 MB; besides the invoices' there are those for all, and the progress. */
const mostWrites = 100;
const sharedWrites = writesForAll + 1;
const mostBytes = 3_000_000;
export const mostAtOnce = Math.floor((mostWrites - sharedWrites) / writesForEach);
const sizeOf = ({ draft }: Ready): number => Buffer.byteLength(JSON.stringify(draft));

/** As many of the first as fit a transaction by their size and their items: one at least. */
export const fitting = (ready: readonly Ready[]): Ready[] => {
  let bytes = 0;
  let writes = sharedWrites;
  return ready.filter((one, index) => {
    bytes += sizeOf(one);
    writes += writesForEach - 1 + mostDetailsParts(one.draft);
    return index === 0 || (bytes <= mostBytes && writes <= mostWrites);
  });
};

export type Loaded = {
  drafts: ReadonlyMap<string, Invoice>;
  parties: { of: (invoice: Invoice) => Parties };
};

/** What a batch needs of the table, but for the counter. */
export const loadBatch = async (accountId: string, ids: readonly string[]): Promise<Loaded> => {
  const drafts = await readWithoutLines(table(), accountId, ids);
  return {
    drafts: new Map(drafts.map((draft) => [draft.id, draft])),
    parties: await readParties(accountId, drafts),
  };
};

const refusedOf = (invoiceId: string, { code, details }: Refusal): RefusedOne => ({
  invoiceId,
  code,
  errors: (details.errors ?? []).map((fault) => ({ ...fault })),
});

/** What `step` makes of each, and the refusals of those that it refuses. */
const eachOrRefused = <T, U>(all: readonly T[], idOf: (one: T) => string, step: (one: T) => U) => {
  const made: U[] = [];
  const refused: RefusedOne[] = [];
  for (const one of all) {
    try {
      made.push(step(one));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      refused.push(refusedOf(idOf(one), error));
    }
  }
  return { made, refused };
};

/** Of a batch, those that can be finalized now, and why the others can't. */
export const sortBatch = (
  ids: readonly string[],
  { drafts, parties }: Loaded,
  account: Settings,
  now: string,
): { ready: Ready[]; refused: RefusedOne[] } => {
  const { made: ready, refused } = eachOrRefused(
    ids,
    (id) => id,
    (id) => {
      const draft = drafts.get(id);
      if (draft === undefined) throw new Refusal('not_found');
      return readyOrRefuse(draft, { account, ...parties.of(draft) }, now);
    },
  );
  return { ready, refused };
};

export const secondsOf = (now: string): number => Math.floor(Date.parse(now) / 1_000);

type Written = { finalized: FinalizedOne[]; refused: RefusedOne[]; counter: Counter };

/** The invoices of a batch, the counter, and what the request has done: together, or not at all. */
export const writeBatch = async (
  { caller, now, newId, change, idempotency }: BulkRequest,
  ready: readonly Ready[],
  account: Settings,
  before: Counter,
): Promise<Written> => {
  const stamp = { at: now, by: caller.actor };
  let counter = before;
  const { made, refused } = eachOrRefused(
    ready,
    ({ draft }) => draft.id,
    (one): Numbered => {
      const next = numbered(one, counter, { stamp, linkId: newId('lnk') });
      counter = next.counter;
      return next;
    },
  );
  if (made.length === 0) return { finalized: [], refused, counter: before };
  const writes = new Transaction(table());
  putFinalized(writes, account, before, made, (version) => change('finalized', { version }));
  const finalized = made.map(({ invoice: { id: invoiceId, number, version } }) => ({
    ...{ invoiceId, number, version },
  }));
  if (idempotency) putProgress(writes, idempotency, newId('his'), { finalized, refused: [] }, secondsOf(now));
  await writes.commit();
  return { finalized, refused, counter: { ...counter, revision: before.revision + 1 } };
};
