import { handle } from '#functions/http/handler.ts';
import { composeHandWritten } from '#lib/email/hand-written.ts';
import { getMessage } from './contract.ts';
import { invoiceWithLink } from './link-of.ts';

export const handler = handle(getMessage, {
  run: async ({ caller, params }) => {
    const { invoice, url } = await invoiceWithLink(caller.accountId, params.invoiceId);
    return { result: composeHandWritten(invoice, url) };
  },
});
