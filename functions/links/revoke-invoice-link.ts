import { found, idOf } from '#functions/http/existing.ts';
import { handle } from '#functions/http/handler.ts';
import type { ActionRequest } from '#functions/http/request.ts';
import { loadHeader } from '#functions/invoices/load-invoice.ts';
import { table } from '#functions/wiring/table.ts';
import { putRecord, readRecord } from '#lib/data/collection.ts';
import { links } from '#lib/data/collections.ts';
import { following } from '#lib/data/history.ts';
import { putHeader } from '#lib/data/invoices.ts';
import type { Transaction } from '#lib/data/transaction.ts';
import type { Change } from '#lib/domain/change.ts';
import { type FinalizedHeader, isFinalized } from '#lib/domain/invoice/invoice.ts';
import { nextWrite } from '#lib/domain/invoice/write.ts';
import { newLink } from '#lib/domain/link.ts';
import { revokeInvoiceLink } from './contract.ts';

type Request = ActionRequest<typeof revokeInvoiceLink>;

/** The invoice's own link has gone: another one is its own from now on (LINK-1). Gives the stamp of both writes. */
const putStandIn = (request: Request, writes: Transaction, invoice: FinalizedHeader): Change => {
  const { newId, now, caller, change } = request;
  const link = newLink(newId('lnk'), invoice, now, { standIn: true });
  const next = { ...invoice, ...nextWrite(invoice, { at: now, by: caller.actor }), linkId: link.id };
  const revoked = following(invoice, change('link_revoked', { version: next.version }));
  const created = change('link_created', { version: next.version });
  putHeader(writes, invoice, next, revoked);
  putRecord(writes, links, undefined, link, { subject: invoice.id, change: created });
  return revoked;
};

export const handler = handle(revokeInvoiceLink, {
  run: async (request) => {
    const { caller, params, now, transaction, change } = request;
    const invoice = await loadHeader(caller.accountId, params.invoiceId);
    const id = idOf('lnk', params.linkId);
    const link = found(await readRecord(table(), links, caller.accountId, invoice.id, id));
    if (link.revokedAt !== undefined) return {};
    const writes = transaction();
    const stamp =
      isFinalized(invoice) && invoice.linkId === link.id
        ? putStandIn(request, writes, invoice)
        : change('link_revoked', { version: invoice.version });
    const revoked = { ...link, revokedAt: now, standIn: undefined };
    putRecord(writes, links, link, revoked, { subject: invoice.id, change: stamp });
    await writes.commit();
    return {};
  },
});
