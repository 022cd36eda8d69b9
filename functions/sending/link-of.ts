import { loadInvoice } from '#functions/invoices/load-invoice.ts';
import { linkUrls } from '#functions/wiring/link-urls.ts';
import { type FinalizedHeader, type Invoice, isFinalized } from '#lib/domain/invoice/invoice.ts';
import { slugOf } from '#lib/domain/link.ts';
import { Refusal } from '#lib/domain/refusal.ts';

/** A finalized invoice with the link that its buyer gets. @throws Refusal not_found, invoice_is_draft */
export const invoiceWithLink = async (
  accountId: string,
  id: string,
): Promise<{ invoice: Invoice & FinalizedHeader; url: string }> => {
  const { invoice, account } = await loadInvoice(accountId, id);
  if (!isFinalized(invoice)) throw new Refusal('invoice_is_draft');
  const urlOf = await linkUrls(account);
  return { invoice, url: urlOf({ ...invoice, invoiceId: invoice.id }, slugOf(invoice)) };
};
