import * as z from 'zod';
import { type Change, change } from '#lib/domain/change.ts';
import { isSame, type PropertyChange } from '#lib/domain/history/changes.ts';
import { placedId } from './ids.ts';
import { historyKey } from './keys.ts';
import { type Item, queryPage, type Table } from './table.ts';
import type { Transaction } from './transaction.ts';

/** The history: one item a part of a change (header, details, a chunk of lines), which its entry is put together from. */

const propertyChange = z.object({ property: z.string(), from: z.unknown(), to: z.unknown() });
const storedPart = change.extend({ changes: z.array(propertyChange) });
export type HistoryEntry = z.infer<typeof storedPart>;

/**
 * The stamp of a change as it follows on what it changes: a request that came first may write last, and a history tells
 * in what order was written. Of the same it makes the same.
 */
export const following = (
  previous: { updatedAt: string; revision: number } | undefined,
  stamp: Change,
): Change => {
  const at = previous !== undefined && previous.updatedAt > stamp.at ? previous.updatedAt : stamp.at;
  return { ...stamp, at, id: placedId(stamp.id, at, (previous?.revision ?? 0) + 1) };
};

/** The item that keeps a part of a change. Its key is the change's id and the part: written again, it is the same. */
export const historyItem = (
  accountId: string,
  subject: string,
  stamp: Change,
  part: string,
  changes: readonly PropertyChange[],
): Item => ({
  ...historyKey(accountId, subject, stamp.id, part),
  partOf: `${subject} ${stamp.id}`,
  data: { ...stamp, changes },
});

/** Adds a history entry to the very transaction that makes the change: for deletions, whose stream record knows no actor. */
export const putHistory = (
  transaction: Transaction,
  accountId: string,
  subject: string,
  stamp: Change,
  changes: readonly PropertyChange[] = [],
): void => {
  transaction.put(historyItem(accountId, subject, stamp, 'CHANGE', changes));
};

/** An entry that lacks a part is held back for so long, in milliseconds: then it is shown as far as it is known. */
const partsComeWithin = 60_000;

/** All parts of the change are there: each counts one, in however many pieces it had to be kept. */
const isWhole = (parts: readonly Item[]): boolean => {
  const present = parts.reduce((sum, { pieces }) => sum + 1 / Number(pieces ?? 1), 0);
  return parts.every(({ changeParts }) => present > Number(changeParts ?? 1) - 0.001);
};

type Entry = { entry: HistoryEntry; isSettled: boolean };

const entriesOf = (items: readonly Item[], now: number): Entry[] => {
  const entries = Map.groupBy(items, ({ sk }) => sk.slice(0, sk.indexOf('#')));
  return [...entries.values()].map((parts) => {
    const entry = entryOf(parts);
    return { entry, isSettled: isWhole(parts) || Date.parse(entry.at) < now - partsComeWithin };
  });
};

/** Whatever the direction of reading, the parts of an entry come together in their own order. */
const entryOf = (parts: readonly Item[]): HistoryEntry => {
  const [entry, ...rest] = parts
    .toSorted((left, right) => (left.sk < right.sk ? -1 : 1))
    .map(({ data }) => storedPart.parse(data));
  if (entry === undefined) throw new Error('an entry without a part');
  for (const part of rest) entry.changes = joined(entry.changes, part.changes);
  // What only moved from one part to another did not change.
  return { ...entry, changes: entry.changes.filter(({ from, to }) => !isSame(from, to)) };
};

/** Chunks of a list that was changed in parts come together again, in their order. */
const joined = (left: PropertyChange[], right: PropertyChange[]): PropertyChange[] => {
  const result = left.map((change) => ({ ...change }));
  for (const change of right) {
    const same = result.find(({ property }) => property === change.property);
    if (same === undefined) result.push(change);
    else {
      same.from = both(same.from, change.from);
      same.to = both(same.to, change.to);
    }
  }
  return result;
};
const both = (left: unknown, right: unknown): unknown =>
  Array.isArray(left) || Array.isArray(right) ? [...list(left), ...list(right)] : (right ?? left);
const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

/** What an answer may hold of entries or values, in bytes of JSON: a Lambda gives back 6 MB at most. */
const mostBytes = 3_000_000;

/** The first of `all` that fit one answer together: `limit` at most, one at least. */
export const fitting = <T>(all: readonly T[], limit: number): T[] => {
  let bytes = 0;
  const over = all.findIndex((one, index) => {
    bytes += Buffer.byteLength(JSON.stringify(one));
    return index >= limit || (index > 0 && bytes > mostBytes);
  });
  return over === -1 ? [...all] : all.slice(0, over);
};

/**
 * One page of a subject's history, oldest first; `after` is the id of the last entry seen. An entry is never cut by a
 * page, and shown when all its parts have come, those after it no sooner; a page has fewer than `limit` where they are
 * large.
 */
export const readHistory = async (
  table: Table,
  accountId: string,
  subject: string,
  page: { limit: number; after?: string | undefined },
  now = Date.now(),
): Promise<{ entries: HistoryEntry[]; next: string | undefined }> => {
  const { pk } = historyKey(accountId, subject, '', '');
  const items: Item[] = [];
  let after = page.after === undefined ? undefined : `${page.after}#\u{10ffff}`;
  for (;;) {
    const found = await queryPage(table, { pk, after, limit: page.limit * 2 });
    items.push(...found.items);
    const entries = entriesOf(items, now);
    // The last entry may go on in the next page, unless this was the last one.
    const complete = found.more ? entries.slice(0, -1) : entries;
    const unsettled = complete.findIndex(({ isSettled }) => !isSettled);
    const known = (unsettled === -1 ? complete : complete.slice(0, unsettled)).map(({ entry }) => entry);
    const shown = fitting(known, page.limit);
    const isCut = shown.length < known.length;
    if (unsettled !== -1 || !found.more || isCut || known.length >= page.limit) {
      const goesOn = isCut || (unsettled === -1 && entries.length > shown.length);
      return { entries: shown, next: goesOn ? shown.at(-1)?.id : undefined };
    }
    after = found.items.at(-1)?.sk ?? after;
  }
};
