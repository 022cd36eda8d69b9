import { accountSettings } from '#functions/http/existing.ts';
import { handle } from '#functions/http/handler.ts';
import { putInvoice } from '#lib/data/invoices.ts';
import type { WrittenInvoice } from '#lib/domain/invoice/draft.ts';
import { newDraft } from '#lib/domain/invoice/write.ts';
import { withoutNulls } from '#lib/domain/patch.ts';
import { answerInvoice, replayInvoice } from './answer-invoice.ts';
import { createInvoice } from './contract.ts';
import { resolveReferences } from './references.ts';

export const handler = handle(createInvoice, {
  run: async ({ caller, body, now, newId, transaction, change }) => {
    const account = await accountSettings(caller.accountId);
    const written: WrittenInvoice = withoutNulls(body);
    const draft = newDraft(
      written,
      { id: newId('inv'), source: written.source ?? 'api' },
      { account, buyer: {}, stamp: { at: now, by: caller.actor }, newLineId: () => newId('lin') },
    );
    const buyer = await resolveReferences(caller.accountId, written);
    const writes = transaction({ invoiceId: draft.id });
    const invoice = putInvoice(writes, undefined, { ...draft, ...buyer }, change('created', { version: 1 }));
    await writes.commit();
    return answerInvoice(invoice, account, now);
  },
  replay: replayInvoice,
});
