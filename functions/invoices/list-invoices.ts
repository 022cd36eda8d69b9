import { accountSettings } from '#functions/http/existing.ts';
import { handle } from '#functions/http/handler.ts';
import { limitOf, nextCursor, positionOf } from '#functions/http/lists.ts';
import { table } from '#functions/wiring/table.ts';
import type { IndexName } from '#lib/data/indexes.ts';
import { listInvoices as listHeaders } from '#lib/data/invoice-lists.ts';
import { type invoiceSorts, listInvoices } from './contract.ts';
import { showRow } from './invoice-answer.ts';

type Sort = (typeof invoiceSorts)[number];
const indexOf: Record<Sort, IndexName> = {
  createdAt: 'byCreation',
  invoiceDate: 'byInvoiceDate',
  dueDate: 'byDueDate',
  number: 'byNumber',
  total: 'byTotal',
};

export const handler = handle(listInvoices, {
  run: async ({ caller, query, now }) => {
    const { accountId } = caller;
    const sort = query.sort ?? '-createdAt';
    const descending = sort.startsWith('-');
    const scope = `${accountId} invoices ${sort}`;
    const [after, account] = await Promise.all([positionOf(query, scope), accountSettings(accountId)]);
    const { headers, next } = await listHeaders(table(), {
      index: indexOf[sort.replace('-', '') as Sort],
      ...{ accountId, shards: account.shards, descending, limit: limitOf(query), after },
    });
    return {
      result: {
        data: headers.map((header) => showRow(header, { account, now })),
        nextCursor: await nextCursor(next, scope),
      },
    };
  },
});
