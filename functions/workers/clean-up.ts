import { documents } from '#functions/wiring/documents.ts';
import { cleanUpMessage } from '#functions/wiring/queues.ts';
import { table } from '#functions/wiring/table.ts';
import { deleteBeside } from '#lib/data/invoices.ts';
import { pdfPrefix } from '#lib/documents/document-store.ts';
import { onQueue } from './batch.ts';

/** Removes the e-mails, PDFs and copies of a deleted invoice (DEL-3). Its links stay, to answer 410; its history too. */
export const handler = onQueue('clean-up', async ({ body }) => {
  const invoice = cleanUpMessage.parse(JSON.parse(body));
  await documents().removeAll(pdfPrefix(invoice));
  await deleteBeside(table(), invoice.accountId, invoice.invoiceId);
});
