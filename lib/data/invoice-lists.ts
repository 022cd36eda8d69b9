import { type InvoiceHeader, storedHeader } from '#lib/domain/invoice/invoice.ts';
import { absentPrefix, type IndexName, indexAttributes, listPartition, presentPrefix } from './indexes.ts';
import { queryPage, type Table } from './table.ts';

/** Pages of the lists of invoices: shards merged, absent values last either way (FILT-3). */

export type ListPage = { headers: InvoiceHeader[]; next: string | undefined };
type Listing = {
  index: IndexName;
  accountId: string;
  /** Value that the index pins (a status, a contact …); none for the orders of the whole account. */
  value?: string | undefined;
  shards: number;
  descending: boolean;
  limit: number;
  /** Place in the order of the last invoice seen. */
  after?: string | undefined;
};

type Placed = { place: string; header: InvoiceHeader };

const readShard = async (table: Table, listing: Listing, prefix: string, shard: number) => {
  const { pk, sk } = indexAttributes(listing.index);
  const { items, more } = await queryPage(table, {
    pk: listPartition(listing.accountId, 'I', listing.value, shard),
    index: { name: listing.index, pk, sk },
    prefix,
    after: listing.after?.startsWith(prefix) ? listing.after : undefined,
    descending: listing.descending,
    limit: listing.limit,
  });
  const placed = items.map(
    (item): Placed => ({ place: item[sk] as string, header: storedHeader.parse(item.data) }),
  );
  return { placed, more };
};

/** The first `limit` of all shards in the order. Each shard read the limit, so that none can hide an earlier one. */
const readSegment = async (table: Table, listing: Listing, prefix: string) => {
  const shards = await Promise.all(
    Array.from({ length: listing.shards }, (_, shard) => readShard(table, listing, prefix, shard)),
  );
  const direction = listing.descending ? -1 : 1;
  const merged = shards
    .flatMap(({ placed }) => placed)
    .sort((left, right) => (left.place < right.place ? -direction : direction));
  const page = merged.slice(0, listing.limit);
  return { page, more: merged.length > page.length || shards.some(({ more }) => more) };
};

/** One page in the order of an index, at most `limit` invoices; `next` is where to go on, if there may be more. */
export const listInvoices = async (table: Table, listing: Listing): Promise<ListPage> => {
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
    headers: page.map(({ header }) => header),
    next: present.more || absent.more ? page.at(-1)?.place : undefined,
  };
};

/** Whether a draft of the account names the contact or company, by what the index shows (CON-2). */
export const isNamedByDraft = async (
  table: Table,
  index: 'draftsByContact' | 'draftsByCompany',
  accountId: string,
  id: string,
  shards: number,
): Promise<boolean> => {
  const { pk, sk } = indexAttributes(index);
  const pages = await Promise.all(
    Array.from({ length: shards }, (_, shard) =>
      queryPage(table, {
        pk: listPartition(accountId, 'I', id, shard),
        index: { name: index, pk, sk },
        limit: 1,
      }),
    ),
  );
  return pages.some(({ items }) => items.length > 0);
};
