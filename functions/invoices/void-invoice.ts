import { handle } from '#functions/http/handler.ts';
import { cancelSession } from '#functions/online/cancel-session.ts';
import { putInvoice } from '#lib/data/invoices.ts';
import { voided } from '#lib/domain/invoice/settle.ts';
import { answerInvoice, replayInvoice } from './answer-invoice.ts';
import { voidInvoice } from './contract.ts';
import { keepDocument } from './keep-document.ts';
import { loadInvoice } from './load-invoice.ts';

export const handler = handle(voidInvoice, {
  run: async ({ caller, params, body, now, expectVersion, transaction, change }) => {
    const { invoice, account } = await loadInvoice(caller.accountId, params.invoiceId);
    expectVersion(invoice.version);
    const next = voided(invoice, { at: now, by: caller.actor });
    await cancelSession(invoice, 'invoice_has_online_payment');
    const writes = transaction({ invoiceId: invoice.id });
    await keepDocument(writes, invoice);
    const stamp = change('voided', { version: next.version, reason: body.reason ?? undefined });
    const written = putInvoice(writes, invoice, next, stamp);
    await writes.commit();
    return answerInvoice(written, account, now);
  },
  replay: replayInvoice,
});
