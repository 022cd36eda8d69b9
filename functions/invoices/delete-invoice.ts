import { handle } from '#functions/http/handler.ts';
import { putHistory } from '#lib/data/history.ts';
import { deleteInvoice as removeInvoice } from '#lib/data/invoices.ts';
import { isFinalized } from '#lib/domain/invoice/invoice.ts';
import { refuseIf, whyNotDeleted } from '#lib/domain/invoice/refusals.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { deleteInvoice } from './contract.ts';
import { loadInvoice } from './load-invoice.ts';

export const handler = handle(deleteInvoice, {
  run: ({ caller, params, query, demand, expectVersion, transaction, untilWritten, change }) =>
    untilWritten(async () => {
      const { invoice, account } = await loadInvoice(caller.accountId, params.invoiceId);
      demand(isFinalized(invoice) ? 'invoices.edit_finalized' : 'invoices.write');
      expectVersion(invoice.version);
      refuseIf(whyNotDeleted(invoice, account));
      if (isFinalized(invoice)) throw new Refusal('deletion_disabled');
      const writes = transaction();
      removeInvoice(writes, invoice);
      const stamp = change('deleted', { version: invoice.version, reason: query.reason });
      putHistory(writes, caller.accountId, invoice.id, stamp);
      await writes.commit();
      return {};
    }),
});
