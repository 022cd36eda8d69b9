import { handle } from '#functions/http/handler.ts';
import { snippetOf } from '#lib/email/snippet.ts';
import { getSnippet } from './contract.ts';
import { invoiceWithLink } from './link-of.ts';

export const handler = handle(getSnippet, {
  run: async ({ caller, params }) => {
    const { invoice, url } = await invoiceWithLink(caller.accountId, params.invoiceId);
    return { result: snippetOf(invoice.number, url) };
  },
});
