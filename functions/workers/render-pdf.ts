import { createHash } from 'node:crypto';
import { documents } from '#functions/wiring/documents.ts';
import { once } from '#functions/wiring/environment.ts';
import { askForEmail, type RenderMessage, renderMessage } from '#functions/wiring/queues.ts';
import { table } from '#functions/wiring/table.ts';
import { readSettings } from '#lib/data/accounts.ts';
import { putRecord, readRecord } from '#lib/data/collection.ts';
import { pdfs } from '#lib/data/collections.ts';
import { readInvoice } from '#lib/data/invoices.ts';
import { Stale, Transaction } from '#lib/data/transaction.ts';
import { renderPdf } from '#lib/documents/browser.ts';
import { pdfKey } from '#lib/documents/document-store.ts';
import { openFonts } from '#lib/documents/fonts.ts';
import { renderInvoiceHtml } from '#lib/documents/invoice-html.tsx';
import { atDocumentVersion } from '#lib/domain/invoice/document-version.ts';
import { onQueue } from './batch.ts';

const fonts = once(() => openFonts());

/** Makes the PDF of a document version, unless it is there: the first to note it down wins (PDF-3). */
const ensurePdf = async ({ accountId, invoiceId, documentVersion }: RenderMessage): Promise<void> => {
  if (await readRecord(table(), pdfs, accountId, invoiceId, documentVersion)) return;
  const [invoice, account] = await Promise.all([
    readInvoice(table(), accountId, invoiceId),
    readSettings(table(), accountId),
  ]);
  // Deleted meanwhile: nobody can ask for its PDF any more.
  if (invoice === undefined || account === undefined) return;
  const { pageSize } = account;
  const html = renderInvoiceHtml({
    invoice: atDocumentVersion(invoice, documentVersion),
    seller: invoice.seller,
    buyer: invoice.buyer,
    pageSize,
    accountingCurrency: account.currency,
    fonts: fonts(),
  });
  const pdf = await renderPdf(html, pageSize);
  const contentHash = createHash('sha256').update(pdf).digest('hex');
  const key = pdfKey({ accountId, invoiceId, documentVersion, contentHash });
  await documents().put(key, pdf);
  const writes = new Transaction(table());
  putRecord(writes, pdfs, undefined, {
    ...{ accountId, invoiceId, documentVersion, key, bytes: pdf.length },
    madeAt: new Date().toISOString(),
    revision: 0,
  });
  await writes.commit().catch((error) => {
    // Another worker was first: its PDF is the one.
    if (!(error instanceof Stale)) throw error;
  });
};

export const handler = onQueue('render-pdf', async ({ body }) => {
  const { emailId, ...message } = renderMessage.parse(JSON.parse(body));
  await ensurePdf(message);
  if (emailId === undefined) return;
  const { accountId, invoiceId } = message;
  await askForEmail({ accountId, invoiceId, emailId });
});
