import { handle } from '#functions/http/handler.ts';
import { isFinalized } from '#lib/domain/invoice/invoice.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { getInvoicePdf } from './contract.ts';
import { loadHeader } from './load-invoice.ts';
import { pdfAddress, secondsToMake } from './pdf-address.ts';

export const handler = handle(getInvoicePdf, {
  run: async ({ caller, params, query }) => {
    const invoice = await loadHeader(caller.accountId, params.invoiceId);
    if (!isFinalized(invoice)) throw new Refusal('invoice_is_draft');
    const version = Number(query.documentVersion ?? invoice.documentVersion);
    if (version > invoice.documentVersion) throw new Refusal('not_found');
    const address = await pdfAddress(invoice, version);
    if (address !== undefined) return { result: address };
    return {
      raw: {
        statusCode: 202,
        headers: { 'retry-after': String(secondsToMake) },
        body: JSON.stringify({ status: 'rendering', documentVersion: version }),
      },
    };
  },
});
