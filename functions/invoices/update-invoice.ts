import { parseOrRefuse } from '#functions/http/faults.ts';
import { handle } from '#functions/http/handler.ts';
import type { ActionRequest } from '#functions/http/request.ts';
import { putInvoice } from '#lib/data/invoices.ts';
import { type InvoicePatch, patched, writtenOf } from '#lib/domain/invoice/draft.ts';
import { type Invoice, isFinalized } from '#lib/domain/invoice/invoice.ts';
import { refuseIf, whyNotEdited } from '#lib/domain/invoice/refusals.ts';
import { rewrittenDraft } from '#lib/domain/invoice/write.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { answerInvoice } from './answer-invoice.ts';
import { updateInvoice } from './contract.ts';
import { loadInvoice } from './load-invoice.ts';
import { resolveReferences } from './references.ts';

/** Properties that can be changed in every status without counting as an edit (LIFE-9). */
const associations = ['ownerId', 'contactIds', 'companyIds', 'internalNote', 'customProperties'];

/** The permission that this patch of this invoice needs. */
const demandFor = (
  invoice: Invoice,
  patch: InvoicePatch,
  { demand }: ActionRequest<typeof updateInvoice>,
): void => {
  const isEdit = isFinalized(invoice) && !Object.keys(patch).every((name) => associations.includes(name));
  demand(isEdit ? 'invoices.edit_finalized' : 'invoices.write');
};

export const handler = handle(updateInvoice, {
  run: (request) => {
    const { caller, params, body, now, newId, expectVersion, transaction, untilWritten, change } = request;
    return untilWritten(async () => {
      const { invoice, account } = await loadInvoice(caller.accountId, params.invoiceId);
      demandFor(invoice, body, request);
      expectVersion(invoice.version);
      refuseIf(whyNotEdited(invoice, account));
      if (isFinalized(invoice)) throw new Refusal('editing_disabled');
      const written = patched(writtenOf(invoice), body, parseOrRefuse);
      const stamp = { at: now, by: caller.actor };
      const draft = rewrittenDraft(invoice, written, {
        account,
        buyer: {},
        stamp,
        newLineId: () => newId('lin'),
      });
      const buyer = await resolveReferences(caller.accountId, written, writtenOf(invoice));
      const writes = transaction();
      const next = putInvoice(
        writes,
        invoice,
        { ...draft, ...buyer },
        change('updated', { version: draft.version }),
      );
      await writes.commit();
      return answerInvoice(next, account, now);
    });
  },
});
