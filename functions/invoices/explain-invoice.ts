import { handle } from '#functions/http/handler.ts';
import { explainTotals } from '#lib/domain/explain.ts';
import { explainInvoice } from './explain-contract.ts';
import { loadInvoice } from './load-invoice.ts';

export const handler = handle(explainInvoice, {
  run: async ({ caller, params }) => {
    const { invoice, account } = await loadInvoice(caller.accountId, params.invoiceId);
    const { steps, ...rest } = explainTotals({
      ...invoice,
      accountingCurrency: invoice.accountingCurrency ?? account.currency,
    });
    return { result: { ...rest, steps: [...steps] } };
  },
});
