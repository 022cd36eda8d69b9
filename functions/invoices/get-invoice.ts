import { handle } from '#functions/http/handler.ts';
import { answerInvoice } from './answer-invoice.ts';
import { getInvoice } from './contract.ts';
import { loadInvoice } from './load-invoice.ts';

export const handler = handle(getInvoice, {
  run: async ({ caller, params, now }) => {
    const { invoice, account } = await loadInvoice(caller.accountId, params.invoiceId);
    return answerInvoice(invoice, account, now);
  },
});
