import { accountSettings } from '#functions/http/existing.ts';
import { handle } from '#functions/http/handler.ts';
import type { ActionRequest } from '#functions/http/request.ts';
import { table } from '#functions/wiring/table.ts';
import {
  type FinalizedOne,
  type Progress,
  putProgress,
  type RefusedOne,
  readProgress,
} from '#lib/data/bulk-progress.ts';
import { mostDetailsParts } from '#lib/data/invoice-parts.ts';
import { readHeaders, readWithoutLines } from '#lib/data/invoices.ts';
import { CounterMoved, putCounter, readCounter } from '#lib/data/numbering.ts';
import { Stale, Transaction } from '#lib/data/transaction.ts';
import type { Settings } from '#lib/domain/account/settings.ts';
import type { Invoice } from '#lib/domain/invoice/invoice.ts';
import type { Counter } from '#lib/domain/numbering.ts';
import { Refusal, type RefusalCode } from '#lib/domain/refusal.ts';
import { finalizeInvoices } from './contract.ts';
import { putFinalized, type Ready, readyOrRefuse, writesForEach } from './finalize-draft.ts';
import { readParties } from './parties.ts';

/** Bulk finalizing: as many drafts in a transaction as fit, one counter write for all of them (NUM-6). */
type Request = ActionRequest<typeof finalizeInvoices>;
type Done = Map<string, FinalizedOne>;

/** A transaction takes 100 writes and 4 MB: the counter and the progress take two of the writes. */
const mostAtOnce = Math.floor((100 - 2) / writesForEach);
const mostBytes = 3_000_000;
const sizeOf = ({ draft }: Ready): number => Buffer.byteLength(JSON.stringify(draft));

/** As many of the first as fit a transaction by their size and their items: one at least. */
const fitting = (ready: readonly Ready[]): Ready[] => {
  let bytes = 0;
  let writes = 2;
  return ready.filter((one, index) => {
    bytes += sizeOf(one);
    writes += writesForEach - 1 + mostDetailsParts(one.draft);
    return index === 0 || (bytes <= mostBytes && writes <= 100);
  });
};

const secondsOf = (now: string): number => Math.floor(Date.parse(now) / 1_000);

const progressOf = ({ idempotency, now }: Request): Promise<Progress> =>
  idempotency
    ? readProgress(table(), idempotency, secondsOf(now))
    : Promise.resolve({ finalized: [], refused: [] });

const refusedOf = (invoiceId: string, { code, details }: Refusal): RefusedOne => ({
  invoiceId,
  code,
  errors: (details.errors ?? []).map((fault) => ({ ...fault })),
});

/** Of a batch, those that can be finalized now, and why the others can't. */
const sorted = async (
  ids: readonly string[],
  drafts: ReadonlyMap<string, Invoice>,
  account: Settings,
  now: string,
): Promise<{ ready: Ready[]; refused: RefusedOne[] }> => {
  const parties = await readParties(account.id, [...drafts.values()]);
  const ready: Ready[] = [];
  const refused: RefusedOne[] = [];
  for (const id of ids) {
    try {
      const draft = drafts.get(id);
      if (draft === undefined) throw new Refusal('not_found');
      ready.push(readyOrRefuse(draft, { account, ...parties.of(draft) }, now));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      refused.push(refusedOf(id, error));
    }
  }
  return { ready, refused };
};

type Written = { finalized: FinalizedOne[]; refused: RefusedOne[]; counter: Counter };

/** One transaction: the invoices of a batch, the counter, and what the request has done. */
const writeBatch = async (request: Request, ready: readonly Ready[], before: Counter): Promise<Written> => {
  const { caller, now, newId, change, idempotency } = request;
  const writes = new Transaction(table());
  const finalized: FinalizedOne[] = [];
  const refused: RefusedOne[] = [];
  let counter = before;
  for (const one of ready) {
    try {
      const given = { stamp: { at: now, by: caller.actor }, linkId: newId('lnk') };
      const stamp = (version: number) => change('finalized', { version });
      const next = putFinalized(writes, one, counter, { ...given, change: stamp });
      counter = next.counter;
      const { id: invoiceId, number = '', version } = next.invoice;
      finalized.push({ invoiceId, number, version });
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      refused.push(refusedOf(one.draft.id, error));
    }
  }
  if (finalized.length === 0) return { finalized, refused, counter: before };
  putCounter(writes, caller.accountId, before, counter);
  if (idempotency) putProgress(writes, idempotency, newId('his'), { finalized, refused: [] }, secondsOf(now));
  await writes.commit();
  return { finalized, refused, counter: { ...counter, revision: before.revision + 1 } };
};

/** Finalizes a batch, however often others move the counter meanwhile. */
const finalizeBatch = async (
  request: Request,
  ids: readonly string[],
  account: Settings,
  known: { counter?: Counter },
) => {
  const { accountId } = request.caller;
  return request.untilWritten(async () => {
    // The same request, at the same time, may have finalized some of them.
    const done: Done = new Map((await progressOf(request)).finalized.map((one) => [one.invoiceId, one]));
    const open = ids.filter((id) => !done.has(id));
    const drafts = new Map(
      (await readWithoutLines(table(), accountId, open)).map((draft) => [draft.id, draft]),
    );
    const { ready, refused } = await sorted(open, drafts, account, request.now);
    const counter = known.counter ?? (await readCounter(table(), accountId));
    try {
      const fit = fitting(ready);
      const written = await writeBatch(request, fit, counter);
      known.counter = written.counter;
      const already = ids.flatMap((id) => done.get(id) ?? []);
      return {
        finalized: [...already, ...written.finalized],
        refused: [...refused, ...written.refused],
        left: ready.slice(fit.length).map(({ draft }) => draft.id),
      };
    } catch (error) {
      if (error instanceof CounterMoved) known.counter = error.counter;
      else delete known.counter;
      throw error;
    }
  });
};

const contended = (ids: readonly string[]): RefusedOne[] =>
  ids.map((invoiceId) => ({ invoiceId, code: 'numbering_contended', errors: [] }));

/** In the order of the request, with each invoice's present version. */
const answer = async (
  request: Pick<Request, 'caller'>,
  ids: readonly string[],
  { finalized, refused }: Progress,
) => {
  const headers = await readHeaders(
    table(),
    request.caller.accountId,
    finalized.map(({ invoiceId }) => invoiceId),
  );
  const versions = new Map(headers.map(({ id, version }) => [id, version]));
  const place = new Map(ids.map((id, index) => [id, index]));
  const inOrder = <T extends { invoiceId: string }>(list: readonly T[]): T[] =>
    [...list].sort((left, right) => (place.get(left.invoiceId) ?? 0) - (place.get(right.invoiceId) ?? 0));
  return {
    result: {
      finalized: inOrder(finalized).map((one) => ({
        ...one,
        version: versions.get(one.invoiceId) ?? one.version,
      })),
      refused: inOrder(refused).map((one) => ({ ...one, code: one.code as RefusalCode })),
    },
  };
};

export const handler = handle(finalizeInvoices, {
  run: async (request) => {
    const { body, caller, transaction, idempotency, now } = request;
    const [account, earlier] = await Promise.all([accountSettings(caller.accountId), progressOf(request)]);
    const done = new Set(earlier.finalized.map(({ invoiceId }) => invoiceId));
    const all: Progress = { finalized: [...earlier.finalized], refused: [] };
    const known: { counter?: Counter } = {};
    const open = body.invoiceIds.filter((id) => !done.has(id));
    while (open.length > 0) {
      const ids = open.splice(0, mostAtOnce);
      try {
        const { finalized, refused, left } = await finalizeBatch(request, ids, account, known);
        all.finalized.push(...finalized);
        all.refused.push(...refused);
        open.unshift(...left);
      } catch (error) {
        if (!(error instanceof Stale)) throw error;
        all.refused.push(...contended(ids));
      }
    }
    if (all.finalized.length === 0 && all.refused.some(({ code }) => code === 'numbering_contended'))
      throw new Refusal('numbering_contended', { retryAfter: 1 });
    if (idempotency) {
      const writes = transaction();
      putProgress(writes, idempotency, 'refused', { finalized: [], refused: all.refused }, secondsOf(now));
      await writes.commit();
    }
    return answer(request, body.invoiceIds, all);
  },
  replay: async (_ids, request) => answer(request, request.body.invoiceIds, await progressOf(request)),
});
