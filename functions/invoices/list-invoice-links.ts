import { shown } from '#functions/http/answer.ts';
import { accountSettings } from '#functions/http/existing.ts';
import { handle } from '#functions/http/handler.ts';
import { limitOf, nextCursor, positionOf } from '#functions/http/lists.ts';
import { linkBaseUrl } from '#functions/wiring/deployment.ts';
import { secrets } from '#functions/wiring/secrets.ts';
import { table } from '#functions/wiring/table.ts';
import { listRecords } from '#lib/data/collection.ts';
import { links } from '#lib/data/collections.ts';
import { linkKey } from '#lib/data/keys.ts';
import type { Link } from '#lib/domain/link.ts';
import { linkToken } from '#lib/tokens/link-token.ts';
import { linkAnswer, listInvoiceLinks } from './contract.ts';
import { loadHeader } from './load-invoice.ts';

export const handler = handle(listInvoiceLinks, {
  run: async ({ caller, params, query }) => {
    const invoice = await loadHeader(caller.accountId, params.invoiceId);
    const { pk, sk: prefix } = linkKey(caller.accountId, invoice.id, '');
    const scope = `${pk} ${prefix}`;
    const after = await positionOf(query, scope);
    const { records, next } = await listRecords(table(), links, { pk, prefix, limit: limitOf(query), after });
    const { links: keys } = await secrets();
    const baseUrl = linkBaseUrl(await accountSettings(caller.accountId));
    const urlOf = ({ accountId, invoiceId, id: linkId, slug }: Link): string =>
      `${baseUrl}/i/${linkToken({ accountId, invoiceId, linkId }, keys)}/${slug}`;
    const data = records.map((link) => shown(linkAnswer, { ...link, url: urlOf(link) }));
    return { result: { data, nextCursor: await nextCursor(next, scope) } };
  },
});
