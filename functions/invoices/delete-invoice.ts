import { handle } from '#functions/http/handler.ts';
import type { ActionRequest } from '#functions/http/request.ts';
import { cancelSession } from '#functions/online/cancel-session.ts';
import { table } from '#functions/wiring/table.ts';
import { following, putHistory } from '#lib/data/history.ts';
import { deleteInvoice as removeInvoice } from '#lib/data/invoices.ts';
import { putCounter, putDeletedNumber, readCounter } from '#lib/data/numbering.ts';
import type { Transaction } from '#lib/data/transaction.ts';
import { afterDeleting, deletedNumberOf } from '#lib/domain/invoice/delete.ts';
import { type FinalizedHeader, isFinalized } from '#lib/domain/invoice/invoice.ts';
import { refuseIf, whyNotDeleted } from '#lib/domain/invoice/refusals.ts';
import { deleteInvoice } from './contract.ts';
import { loadInvoice } from './load-invoice.ts';

type Request = ActionRequest<typeof deleteInvoice>;

/** The number stays, as deleted; one finalized invoice less exists. */
const keepNumber = async ({ caller, query, now }: Request, writes: Transaction, invoice: FinalizedHeader) => {
  const { accountId, actor } = caller;
  const counter = await readCounter(table(), accountId);
  putCounter(writes, accountId, counter, afterDeleting(counter));
  putDeletedNumber(writes, accountId, deletedNumberOf(invoice, { at: now, by: actor, reason: query.reason }));
};

export const handler = handle(deleteInvoice, {
  run: async (request) => {
    const { caller, params, query, demand, expectVersion, transaction, change } = request;
    const { invoice, account } = await loadInvoice(caller.accountId, params.invoiceId);
    demand(isFinalized(invoice) ? 'invoices.edit_finalized' : 'invoices.write');
    expectVersion(invoice.version);
    refuseIf(whyNotDeleted(invoice, account));
    await cancelSession(invoice, 'invoice_has_payments');
    const writes = transaction();
    removeInvoice(writes, invoice);
    if (isFinalized(invoice)) await keepNumber(request, writes, invoice);
    const stamp = change('deleted', { version: invoice.version, reason: query.reason });
    putHistory(writes, caller.accountId, invoice.id, following(invoice, stamp));
    await writes.commit();
    return {};
  },
});
