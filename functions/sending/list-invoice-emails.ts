import { handle } from '#functions/http/handler.ts';
import { limitOf, nextCursor, positionOf } from '#functions/http/lists.ts';
import { loadHeader } from '#functions/invoices/load-invoice.ts';
import { table } from '#functions/wiring/table.ts';
import { listRecords } from '#lib/data/collection.ts';
import { emails } from '#lib/data/collections.ts';
import { emailKey } from '#lib/data/keys.ts';
import { listInvoiceEmails } from './contract.ts';
import { showEmail } from './show-email.ts';

export const handler = handle(listInvoiceEmails, {
  run: async ({ caller, params, query }) => {
    const invoice = await loadHeader(caller.accountId, params.invoiceId);
    const { pk, sk: prefix } = emailKey(caller.accountId, invoice.id, '');
    const scope = `${pk} ${prefix}`;
    const after = await positionOf(query, scope);
    const page = { pk, prefix, limit: limitOf(query), after, descending: true };
    const { records, next } = await listRecords(table(), emails, page);
    return { result: { data: records.map(showEmail), nextCursor: await nextCursor(next, scope) } };
  },
});
