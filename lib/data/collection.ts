import type * as z from 'zod';
import type { Change } from '#lib/domain/change.ts';
import type { Key } from './keys.ts';
import { getItem, getItems, type Item, queryPage, type Table } from './table.ts';
import { absent, atRevision, type Transaction } from './transaction.ts';

/** Records that lie each in one item, under a key made of their ids; each write expects the revision that was read. */
export type Collection<Ids extends unknown[], T extends { revision: number }> = {
  schema: z.ZodType<T>;
  keyOf: (...ids: Ids) => Key;
  idsOf: (record: T) => Ids;
  /** Keys of the lists that the record stands in besides its own partition. */
  indexKeys?: (record: T) => Record<string, string>;
};

const recordOf = <T extends { revision: number }>(schema: z.ZodType<T>, item: Item): T =>
  schema.parse({ ...(item.data as object), revision: item.revision });

/** The record as it is now, or undefined. */
export const readRecord = async <Ids extends unknown[], T extends { revision: number }>(
  table: Table,
  collection: Collection<Ids, T>,
  ...ids: Ids
): Promise<T | undefined> => {
  const item = await getItem(table, collection.keyOf(...ids));
  return item && recordOf(collection.schema, item);
};

/** Several records as they are now; those that don't exist are left out. */
export const readRecords = async <Ids extends unknown[], T extends { revision: number }>(
  table: Table,
  collection: Collection<Ids, T>,
  wanted: readonly Ids[],
): Promise<T[]> =>
  (
    await getItems(
      table,
      wanted.map((ids) => collection.keyOf(...ids)),
    )
  ).map((item) => recordOf(collection.schema, item));

/** One page of a partition of records, oldest first unless `descending`; `after` is the sort key of the last one seen. */
export const listRecords = async <Ids extends unknown[], T extends { revision: number }>(
  table: Table,
  collection: Collection<Ids, T>,
  range: { pk: string; prefix?: string; limit: number; after?: string | undefined; descending?: boolean },
): Promise<{ records: T[]; next: string | undefined }> => {
  const { items, more } = await queryPage(table, range);
  return {
    records: items.map((item) => recordOf(collection.schema, item)),
    next: more ? items.at(-1)?.sk : undefined,
  };
};

/** What a write of a record leaves for its history. */
export type Stamped = { change: Change; subject: string };

/** Adds the write of a record: a new one, or the next after `previous`. Returns it with its new revision. */
export const putRecord = <Ids extends unknown[], T extends { revision: number }>(
  transaction: Transaction,
  collection: Collection<Ids, T>,
  previous: T | undefined,
  next: T,
  stamped?: Stamped,
): T => {
  const record = { ...next, revision: (previous?.revision ?? 0) + 1 };
  transaction.put(
    {
      ...collection.keyOf(...collection.idsOf(record)),
      ...collection.indexKeys?.(record),
      revision: record.revision,
      ...stamped,
      data: record,
    },
    previous ? atRevision(previous.revision) : absent,
  );
  return record;
};

/** Adds the removal of a record that is still the one that was read. */
export const deleteRecord = <Ids extends unknown[], T extends { revision: number }>(
  transaction: Transaction,
  collection: Collection<Ids, T>,
  record: T,
): void => {
  transaction.delete(collection.keyOf(...collection.idsOf(record)), atRevision(record.revision));
};
