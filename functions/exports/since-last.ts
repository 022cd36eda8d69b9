import { table } from '#functions/wiring/table.ts';
import { readHeaders } from '#lib/data/invoices.ts';
import { readNumbers } from '#lib/data/numbering.ts';
import { goneVersion, noteNamed, noteTaken, readTaken, type StoredTaken } from '#lib/data/taken-numbers.ts';
import type { Export, ExportWindow } from '#lib/domain/exports/export.ts';
import type { InvoiceHeader } from '#lib/domain/invoice/invoice.ts';
import type { Encoded } from '#lib/exports/encoder.ts';
import type { Batch, Job } from './read-batch.ts';

/**
 * An accounting export that goes on from the last one (EXP-8): first what was taken earlier and changed since, then the
 * invoices by the numbers given since. All is read by consistent reads. Where it has come to is told by `place`: `T#…`
 * among those taken earlier, `N#run#counter` among the numbers.
 */
type Numbers = Extract<ExportWindow, { kind: 'numbers' }>;
type Ids = { accountId: string; scheduleId: string; exportId: string };

/** Changes that one export tells of at most: the list lies in its item. The next one tells of the others. */
const namedAtMost = 5_000;

const idsOf = ({ stored }: Job): Ids => {
  const { accountId, id: exportId, scheduleId } = stored;
  if (scheduleId === undefined) throw new Error(`export ${exportId} goes on from none: it has no schedule`);
  return { accountId, scheduleId, exportId };
};

/** The version that readers of the earlier exports know: as it was taken, or as an export that is done told of it. */
const knownVersion = (number: StoredTaken, { lastDone }: Numbers): number =>
  number.namedBy !== undefined && lastDone !== undefined && number.namedBy <= lastDone
    ? (number.namedVersion ?? number.documentVersion)
    : number.documentVersion;

const emptyBatch: Omit<Batch, 'progress'> = { headers: [], unknownIds: [], skipped: [] };

const changesOf = async (job: Job, window: Numbers, until: Numbers['to'], limit: number): Promise<Batch> => {
  const ids = idsOf(job);
  const { position, taken: namedSoFar } = job.progress;
  const after = position.place?.slice(2);
  const { numbers, next } = await readTaken(table(), ids, { after, until, limit });
  const known = numbers
    .filter(({ taken }) => taken)
    .map((number) => ({ ...number, known: knownVersion(number, window) }))
    .filter((number) => number.known !== goneVersion);
  const headers = await readHeaders(
    table(),
    ids.accountId,
    known.map(({ invoiceId }) => invoiceId),
  );
  const versions = new Map(headers.map(({ id, documentVersion }) => [id, documentVersion]));
  const changed = known
    .map((number) => ({ ...number, documentVersion: versions.get(number.invoiceId) ?? goneVersion }))
    .filter((number) => number.documentVersion !== number.known)
    .slice(0, Math.max(0, namedAtMost - namedSoFar));
  await noteNamed(table(), ids, changed);
  const place = next === undefined ? placeOf(until) : `T#${next}`;
  return {
    ...emptyBatch,
    changed: changed.map(({ invoiceId }) => invoiceId),
    progress: { position: { ...position, place }, taken: namedSoFar + changed.length, isEnd: false },
  };
};

const placeOf = ({ run, counter }: Partial<Numbers['to']>): string => `N#${run}#${counter ?? ''}`;
const readPlace = (place: string): { run: number; after: number | undefined } => {
  const [, run, counter] = place.split('#');
  return { run: Number(run), after: counter === '' ? undefined : Number(counter) };
};

const numbersFrom = async (
  job: Job,
  { to }: Numbers,
  place: string,
  limit: number,
  isWanted: (header: InvoiceHeader) => boolean,
): Promise<Batch> => {
  const { accountId } = job.stored;
  const { run, after } = readPlace(place);
  const { numbers, more } = await readNumbers(table(), accountId, { run, after, limit });
  const wanted = numbers.filter(({ counter }) => run < to.run || counter <= to.counter);
  const last = numbers.at(-1)?.counter;
  const isRunDone = !more || wanted.length < numbers.length || (run === to.run && last === to.counter);
  const issued = wanted.filter(({ status }) => status === 'issued');
  const found = await readHeaders(
    table(),
    accountId,
    issued.map(({ invoiceId }) => invoiceId),
  );
  const byId = new Map(found.map((header) => [header.id, header]));
  const headers = issued.flatMap(({ invoiceId }) => byId.get(invoiceId) ?? []);
  const matching = headers.filter(isWanted);
  const voided = matching.filter(({ status }) => status === 'voided');
  const next = isRunDone ? placeOf({ run: run + 1 }) : placeOf({ run, counter: last ?? 0 });
  return {
    ...emptyBatch,
    headers: matching.filter(({ status }) => status !== 'voided'),
    skipped: voided.map(({ id, number }) => ({
      ...{ invoiceId: id, number: number ?? null, reason: 'invoice_is_voided' },
    })),
    passed: headers,
    progress: {
      position: { ...job.progress.position, place: next },
      taken: job.progress.taken,
      isEnd: isRunDone && run >= to.run,
    },
  };
};

/** The next invoices of an export that goes on by numbers. */
export const readSinceLast = (
  job: Job,
  window: Numbers,
  limit: number,
  isWanted: (header: InvoiceHeader) => boolean,
): Promise<Batch> => {
  const { place } = job.progress.position;
  if (window.from !== undefined && (place === undefined || place.startsWith('T#')))
    return changesOf(job, window, window.from, limit);
  return numbersFrom(job, window, place ?? placeOf({ run: 1 }), limit, isWanted);
};

/** Notes which invoices a batch went through, and as which version each was written. */
export const notePassed = async (
  stored: Export,
  passed: readonly InvoiceHeader[] | undefined,
  { exported, skipped }: Pick<Encoded, 'exported' | 'skipped'>,
): Promise<void> => {
  const { accountId, id: exportId, scheduleId } = stored;
  if (passed === undefined || scheduleId === undefined) return;
  const written = new Map(exported.map((invoice) => [invoice.id, invoice.documentVersion]));
  // What a layout could not carry is told of again when it was edited: it may fit then.
  const missed = new Set(skipped.map(({ invoiceId }) => invoiceId));
  const numbers = passed.map(({ id: invoiceId, run = 0, counter = 0, documentVersion }) => ({
    ...{ run, counter, invoiceId, taken: written.has(invoiceId) || missed.has(invoiceId) },
    documentVersion: written.get(invoiceId) ?? documentVersion,
  }));
  await noteTaken(table(), { accountId, scheduleId, exportId }, numbers);
};
