import { absentPrefix, type IndexName, indexAttributes, listPartition, presentPrefix } from './indexes.ts';
import { type Item, queryPage, type Table } from './table.ts';

/** Pages of the lists: shards merged, absent values last either way (FILT-3). */

/** Kinds of records that stand in the indexes: invoices and payments. */
type Kind = 'I' | 'P';
export type Listing = {
  kind: Kind;
  index: IndexName;
  accountId: string;
  /** Value that the index pins (a status, a contact …); none for the orders of the whole account. */
  value?: string | undefined;
  shards: number;
  descending: boolean;
  limit: number;
  /** Place in the order of the last record seen. */
  after?: string | undefined;
};

type Placed = { place: string; item: Item };

const readShard = async (table: Table, listing: Listing, prefix: string, shard: number) => {
  const { pk, sk } = indexAttributes(listing.index);
  const { items, more } = await queryPage(table, {
    pk: listPartition(listing.accountId, listing.kind, listing.value, shard),
    index: { name: listing.index, pk, sk },
    prefix,
    after: listing.after?.startsWith(prefix) ? listing.after : undefined,
    descending: listing.descending,
    limit: listing.limit,
  });
  return { placed: items.map((item): Placed => ({ place: item[sk] as string, item })), more };
};

/**
 * The first of all shards in the order, `limit` at most. A shard whose page was cut, by the limit or at 1 MB, hides what
 * comes after its last one: beyond the nearest of these ends nothing is certain.
 */
const readSegment = async (table: Table, listing: Listing, prefix: string) => {
  const shards = await Promise.all(
    Array.from({ length: listing.shards }, (_, shard) => readShard(table, listing, prefix, shard)),
  );
  const isBefore = (left: string, right: string) => (listing.descending ? left > right : left < right);
  const ends = shards.flatMap(({ placed, more }) => (more ? placed.slice(-1) : []));
  const merged = shards
    .flatMap(({ placed }) => placed)
    .sort((left, right) => (isBefore(left.place, right.place) ? -1 : 1));
  const certain = merged.filter(({ place }) => ends.every((end) => !isBefore(end.place, place)));
  const page = certain.slice(0, listing.limit);
  return { page, more: merged.length > page.length || shards.some(({ more }) => more) };
};

/** One page in the order of an index, at most `limit` items; `next` is where to go on, if there may be more. */
export const readList = async (
  table: Table,
  listing: Listing,
): Promise<{ items: Item[]; places: string[]; next: string | undefined }> => {
  const inAbsent = listing.after?.startsWith(absentPrefix) ?? false;
  const present = inAbsent ? { page: [], more: false } : await readSegment(table, listing, presentPrefix);
  const room = listing.limit - present.page.length;
  const absent =
    present.more || room === 0
      ? { page: [], more: !present.more && !inAbsent }
      : await readSegment(
          table,
          { ...listing, limit: room, after: inAbsent ? listing.after : undefined },
          absentPrefix,
        );
  const page = [...present.page, ...absent.page];
  return {
    items: page.map(({ item }) => item),
    places: page.map(({ place }) => place),
    next: present.more || absent.more ? page.at(-1)?.place : undefined,
  };
};
