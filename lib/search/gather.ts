import { type IndexName, placeInIndex } from '#lib/data/indexes.ts';
import type { InvoiceHeader } from '#lib/domain/invoice/invoice.ts';
import { gatheredAtMost } from './plan.ts';
import type { Entry, Reading } from './reading.ts';
import { isBefore, type Source, spansOf } from './source.ts';

/** Sources read whole, to be sorted. */

const atOnce = 500;
/** Partitions that are read side by side. */
const lanes = 16;

/** One shard of a source; false where it was left off. */
const readWhole = async (
  source: Source,
  shard: number,
  reading: Reading,
  keep: (headers: readonly InvoiceHeader[]) => boolean,
): Promise<boolean> => {
  const { index, value } = source;
  for (const { low, high } of spansOf(source, false, undefined)) {
    let startKey: Record<string, unknown> | undefined;
    do {
      const range = { index, value, shard, low, high, descending: false, limit: atOnce, startKey };
      const { entries, next } = await reading.page(range);
      if (!keep(entries.map(({ header }) => header))) return false;
      startKey = next;
    } while (startKey !== undefined);
  }
  return true;
};

/** All invoices of the sources by their ids, or undefined where they are too many or take too long. */
const readAll = async (
  sources: readonly Source[],
  shards: number,
  reading: Reading,
): Promise<ReadonlyMap<string, InvoiceHeader> | undefined> => {
  const found = new Map<string, InvoiceHeader>();
  let isTooMuch = false;
  const keep = (headers: readonly InvoiceHeader[]): boolean => {
    for (const header of headers) found.set(header.id, header);
    isTooMuch ||= found.size > gatheredAtMost || (headers.length > 0 && reading.isSpent());
    return !isTooMuch;
  };
  const waiting = sources.flatMap((source) =>
    Array.from({ length: shards }, (_, shard) => ({ source, shard })),
  );
  const readOn = async (): Promise<void> => {
    for (let next = waiting.pop(); next !== undefined && !isTooMuch; next = waiting.pop())
      await readWhole(next.source, next.shard, reading, keep);
  };
  await Promise.all(Array.from({ length: lanes }, readOn));
  return isTooMuch ? undefined : found;
};

/** The invoices of the sources that match, behind a place of the wanted order and in it; undefined as `readAll`. */
export const gatherSources = async (
  sources: readonly Source[],
  reading: Reading,
  order: { index: IndexName; descending: boolean; after: string | undefined; shards: number },
  matches: (header: InvoiceHeader) => boolean,
): Promise<Entry[] | undefined> => {
  const { index, descending, after, shards } = order;
  const all = await readAll(sources, shards, reading);
  return all
    ?.values()
    .filter(matches)
    .map((header) => ({ place: placeInIndex(index, header), header }))
    .filter(({ place }) => after === undefined || isBefore(after, place, descending))
    .toArray()
    .sort((left, right) => (isBefore(left.place, right.place, descending) ? -1 : 1));
};
