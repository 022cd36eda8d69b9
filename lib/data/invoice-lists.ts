import { type InvoiceHeader, storedHeader } from '#lib/domain/invoice/invoice.ts';
import { indexAttributes, listPartition } from './indexes.ts';
import { type Listing, readList } from './lists.ts';
import { queryPage, type Table } from './table.ts';

/** One page of invoices in the order of an index, as headers. */
export const listInvoices = async (
  table: Table,
  listing: Omit<Listing, 'kind'>,
): Promise<{ headers: InvoiceHeader[]; next: string | undefined }> => {
  const { items, next } = await readList(table, { ...listing, kind: 'I' });
  return { headers: items.map(({ data }) => storedHeader.parse(data)), next };
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

/** Whether the account has a draft, by what the index shows. */
export const hasDraft = async (table: Table, accountId: string, shards: number): Promise<boolean> => {
  const listing = {
    index: 'byStatus' as const,
    accountId,
    value: 'draft',
    shards,
    descending: false,
    limit: 1,
  };
  return (await listInvoices(table, listing)).headers.length > 0;
};
