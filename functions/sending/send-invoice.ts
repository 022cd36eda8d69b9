import { handle } from '#functions/http/handler.ts';
import { loadInvoice } from '#functions/invoices/load-invoice.ts';
import { table } from '#functions/wiring/table.ts';
import { putRecord, readRecord } from '#lib/data/collection.ts';
import { emails } from '#lib/data/collections.ts';
import { sendInvoice } from './contract.ts';
import { invoiceEmailOf } from './invoice-email.ts';
import { rememberSender } from './sender-of.ts';
import { showEmail } from './show-email.ts';

export const handler = handle(sendInvoice, {
  run: async ({ caller, params, body, now, newId, expectVersion, transaction }) => {
    const emailId = newId('eml');
    const loaded = await loadInvoice(caller.accountId, params.invoiceId);
    expectVersion(loaded.invoice.version);
    const { email, sender } = await invoiceEmailOf({ caller, body, id: emailId, at: now }, loaded);
    const writes = transaction({ emailId, invoiceId: email.invoiceId });
    const queued = putRecord(writes, emails, undefined, email);
    rememberSender(writes, caller, sender, now);
    await writes.commit();
    return { result: showEmail(queued) };
  },
  replay: async ({ invoiceId = '', emailId = '' }, { caller }) => {
    const email = await readRecord(table(), emails, caller.accountId, invoiceId, emailId);
    return email && { result: showEmail(email) };
  },
});
