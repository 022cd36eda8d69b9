import { accountSettings } from '#functions/http/existing.ts';
import { handle } from '#functions/http/handler.ts';
import { table } from '#functions/wiring/table.ts';
import {
  type FinalizedOne,
  type Progress,
  putProgress,
  type RefusedOne,
  readProgress,
} from '#lib/data/bulk-progress.ts';
import { readHeaders } from '#lib/data/invoices.ts';
import { CounterMoved, readCounter } from '#lib/data/numbering.ts';
import { Stale, untilWritten } from '#lib/data/transaction.ts';
import type { Settings } from '#lib/domain/account/settings.ts';
import { type Counter, isOvertaken } from '#lib/domain/numbering.ts';
import { Refusal, type RefusalCode } from '#lib/domain/refusal.ts';
import { finalizeInvoices } from './contract.ts';
import {
  type BulkRequest,
  fitting,
  type Loaded,
  loadBatch,
  mostAtOnce,
  secondsOf,
  sortBatch,
  writeBatch,
} from './finalize-batch.ts';

/** Bulk finalizing: as many drafts in a transaction as fit, one counter write for all of them (NUM-6). */

const progressOf = ({ idempotency, now }: BulkRequest): Promise<Progress> =>
  idempotency
    ? readProgress(table(), idempotency, secondsOf(now))
    : Promise.resolve({ finalized: [], refused: [] });

/** What is known of the account between one batch and the next; what a refused write proved wrong is read again. */
type Known = {
  account?: Settings | undefined;
  counter?: Counter | undefined;
  /** Milliseconds of the longest attempt so far: another one may take as long. */
  slowest: number;
};

/**
 * Of those that are no drafts any more, the ones that the same request finalized, at the same time: asked after the
 * drafts were read, so that nothing falls between.
 */
const finalizedBeside = async (
  request: BulkRequest,
  refused: readonly RefusedOne[],
): Promise<FinalizedOne[]> => {
  const gone = refused.filter(({ code }) => code === 'invoice_not_draft' || code === 'not_found');
  if (gone.length === 0) return [];
  const ids = new Set(gone.map(({ invoiceId }) => invoiceId));
  return (await progressOf(request)).finalized.filter(({ invoiceId }) => ids.has(invoiceId));
};

/** When an attempt can begin at the latest, so that it and the answer still fit into the call’s time. */
const lastStart = ({ patience }: BulkRequest, { slowest }: Known): number => patience.deadline - slowest;

/** Finalizes the first of a batch, as many as fit one transaction, however often others move the counter meanwhile. */
const finalizeBatch = (
  request: BulkRequest,
  ids: readonly string[],
  known: Known,
  ahead: Promise<Loaded>,
) => {
  const { accountId } = request.caller;
  let loaded: Promise<Loaded> | undefined = ahead;
  const attempt = async () => {
    const begun = Date.now();
    loaded ??= loadBatch(accountId, ids);
    const { counter = await readCounter(table(), accountId) } = known;
    if (known.account !== undefined && isOvertaken(known.account, counter)) known.account = undefined;
    const { account = await accountSettings(accountId) } = known;
    try {
      const { ready, refused } = sortBatch(ids, await loaded, account, request.now);
      const beside = await finalizedBeside(request, refused);
      const fit = fitting(ready);
      const written = await writeBatch(request, fit, account, counter);
      Object.assign(known, { account, counter: written.counter });
      const isBeside = new Set(beside.map(({ invoiceId }) => invoiceId));
      return {
        finalized: [...beside, ...written.finalized],
        refused: [...refused.filter(({ invoiceId }) => !isBeside.has(invoiceId)), ...written.refused],
        left: ready.slice(fit.length).map(({ draft }) => draft.id),
      };
    } catch (error) {
      // After the pause the counter has to be read anew; the drafts and the settings only if they moved.
      known.counter = undefined;
      if (error instanceof CounterMoved) known.account = account;
      else {
        known.account = undefined;
        loaded = undefined;
      }
      throw error;
    } finally {
      known.slowest = Math.max(known.slowest, Date.now() - begun);
    }
  };
  return untilWritten(attempt, request.patience);
};

const contended = (ids: readonly string[]): RefusedOne[] =>
  ids.map((invoiceId) => ({ invoiceId, code: 'numbering_contended', errors: [] }));

/** The batches one after the other; the drafts of the next are read while the present one is written. */
const finalizeAll = async (request: BulkRequest, ids: readonly string[], known: Known): Promise<Progress> => {
  const { accountId } = request.caller;
  const all: Progress = { finalized: [], refused: [] };
  const load = (batch: readonly string[]): Promise<Loaded> => {
    const reading = loadBatch(accountId, batch);
    // A failure shows where the batch's turn comes.
    reading.catch(() => undefined);
    return reading;
  };
  let open = [...ids];
  let batch = open.slice(0, mostAtOnce);
  let ahead = load(batch);
  while (batch.length > 0) {
    open = open.slice(batch.length);
    const next = open.slice(0, mostAtOnce);
    const nextAhead = load(next);
    try {
      // Those that the call’s time does not reach are listed as such: what was finalized has to be answered.
      if (Date.now() > lastStart(request, known)) throw new Stale('out of time');
      const { finalized, refused, left } = await finalizeBatch(request, batch, known, ahead);
      all.finalized.push(...finalized);
      all.refused.push(...refused);
      open = [...left, ...open];
      batch = left.length > 0 ? open.slice(0, mostAtOnce) : next;
      ahead = left.length > 0 ? load(batch) : nextAhead;
    } catch (error) {
      if (!(error instanceof Stale)) throw error;
      all.refused.push(...contended([...batch, ...open]));
      return all;
    }
  }
  return all;
};

/** In the order of the request. Whatever was not written just now is shown with its present version. */
const answer = async (
  { caller }: Pick<BulkRequest, 'caller'>,
  ids: readonly string[],
  { finalized, refused }: Progress,
  written: readonly FinalizedOne[] = [],
) => {
  const known = new Map(written.map(({ invoiceId, version }) => [invoiceId, version]));
  const earlier = finalized.filter(({ invoiceId }) => !known.has(invoiceId));
  const headers = await readHeaders(
    table(),
    caller.accountId,
    earlier.map(({ invoiceId }) => invoiceId),
  );
  for (const { id, version } of headers) known.set(id, version);
  const place = new Map(ids.map((id, index) => [id, index]));
  const inOrder = <T extends { invoiceId: string }>(list: readonly T[]): T[] =>
    [...list].sort((left, right) => (place.get(left.invoiceId) ?? 0) - (place.get(right.invoiceId) ?? 0));
  return {
    result: {
      finalized: inOrder(finalized).map((one) => ({
        ...one,
        version: known.get(one.invoiceId) ?? one.version,
      })),
      refused: inOrder(refused).map((one) => ({ ...one, code: one.code as RefusalCode })),
    },
  };
};

export const handler = handle(finalizeInvoices, {
  run: async (request) => {
    const { body, transaction, idempotency, now } = request;
    const earlier = await progressOf(request);
    const done = new Set(earlier.finalized.map(({ invoiceId }) => invoiceId));
    const open = body.invoiceIds.filter((id) => !done.has(id));
    const { finalized, refused } = await finalizeAll(request, open, { slowest: 0 });
    const all: Progress = { finalized: [...earlier.finalized, ...finalized], refused };
    const isCut = refused.some(({ code }) => code === 'numbering_contended');
    if (isCut && all.finalized.length === 0) throw new Refusal('numbering_contended', { retryAfter: 1 });
    // A repeat of what was cut short goes on with the rest; only what came to its end is repeated as it was.
    if (idempotency && !isCut) {
      const writes = transaction();
      putProgress(writes, idempotency, 'refused', { finalized: [], refused }, secondsOf(now));
      await writes.commit();
    }
    return answer(request, body.invoiceIds, all, finalized);
  },
  replay: async (_ids, request) => answer(request, request.body.invoiceIds, await progressOf(request)),
});
