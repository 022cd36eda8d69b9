import { handle } from '#functions/http/handler.ts';
import { putInvoice } from '#lib/data/invoices.ts';
import { clonedFrom, withoutMissing } from '#lib/domain/invoice/clone.ts';
import { newDraft } from '#lib/domain/invoice/write.ts';
import { answerInvoice, replayInvoice } from './answer-invoice.ts';
import { cloneInvoice } from './contract.ts';
import { loadInvoice } from './load-invoice.ts';
import { missingReferences } from './references.ts';

export const handler = handle(cloneInvoice, {
  run: async ({ caller, params, now, newId, expectVersion, transaction, change }) => {
    const { accountId } = caller;
    const { invoice: original, account } = await loadInvoice(accountId, params.invoiceId);
    expectVersion(original.version);
    const whole = clonedFrom(original, account);
    const { missing, buyer } = await missingReferences(accountId, whole.written);
    const { written, warnings } = withoutMissing(whole, missing);
    const draft = newDraft(
      written,
      { id: newId('inv'), source: 'clone', clonedFrom: original.id },
      // The account's present terms and notes are for new invoices: a clone has its original's, or none.
      {
        account: { ...account, terms: undefined, notes: undefined },
        buyer,
        stamp: { at: now, by: caller.actor },
        newLineId: () => newId('lin'),
      },
    );
    const writes = transaction({ invoiceId: draft.id });
    const invoice = putInvoice(writes, undefined, draft, change('created', { version: 1 }));
    await writes.commit();
    return answerInvoice(invoice, account, now, warnings);
  },
  replay: replayInvoice,
});
