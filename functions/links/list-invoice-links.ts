import { accountSettings } from '#functions/http/existing.ts';
import { handle } from '#functions/http/handler.ts';
import { limitOf, nextCursor, positionOf } from '#functions/http/lists.ts';
import { loadHeader } from '#functions/invoices/load-invoice.ts';
import { table } from '#functions/wiring/table.ts';
import { listRecords } from '#lib/data/collection.ts';
import { links } from '#lib/data/collections.ts';
import { linkKey } from '#lib/data/keys.ts';
import { listInvoiceLinks } from './contract.ts';
import { showLinks } from './show-link.ts';

export const handler = handle(listInvoiceLinks, {
  run: async ({ caller, params, query }) => {
    const invoice = await loadHeader(caller.accountId, params.invoiceId);
    const { pk, sk: prefix } = linkKey(caller.accountId, invoice.id, '');
    const scope = `${pk} ${prefix}`;
    const after = await positionOf(query, scope);
    const { records, next } = await listRecords(table(), links, { pk, prefix, limit: limitOf(query), after });
    const data = await showLinks(records, await accountSettings(caller.accountId));
    return { result: { data, nextCursor: await nextCursor(next, scope) } };
  },
});
