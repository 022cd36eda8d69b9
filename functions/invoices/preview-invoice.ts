import { handle } from '#functions/http/handler.ts';
import { deployment } from '#functions/wiring/deployment.ts';
import { secrets } from '#functions/wiring/secrets.ts';
import { previewToken } from '#lib/tokens/preview-token.ts';
import { previewInvoice } from './contract.ts';
import { loadHeader } from './load-invoice.ts';

const secondsToLive = 300;

export const handler = handle(previewInvoice, {
  run: async ({ caller, params, now }) => {
    const { accountId, id: invoiceId } = await loadHeader(caller.accountId, params.invoiceId);
    const expiresAt = Math.floor(Date.parse(now) / 1_000) + secondsToLive;
    const token = previewToken({ accountId, invoiceId, expiresAt }, await secrets());
    return {
      result: {
        url: `${deployment().baseUrl}/p/${token}`,
        expiresAt: new Date(expiresAt * 1_000).toISOString(),
      },
    };
  },
});
