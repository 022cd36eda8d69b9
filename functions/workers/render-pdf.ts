import { createHash } from 'node:crypto';
import { documents } from '#functions/wiring/documents.ts';
import { once } from '#functions/wiring/environment.ts';
import { askForEmail, type RenderMessage, renderMessage } from '#functions/wiring/queues.ts';
import { table } from '#functions/wiring/table.ts';
import { readSettings } from '#lib/data/accounts.ts';
import { putRecord, readRecord } from '#lib/data/collection.ts';
import { pdfs } from '#lib/data/collections.ts';
import { readHeader, readInvoice } from '#lib/data/invoices.ts';
import { headerKey } from '#lib/data/keys.ts';
import { readSnapshot } from '#lib/data/snapshots.ts';
import { exists, Stale, Transaction } from '#lib/data/transaction.ts';
import { renderPdf } from '#lib/documents/browser.ts';
import { pdfKey } from '#lib/documents/document-store.ts';
import { openFonts } from '#lib/documents/fonts.ts';
import { renderInvoiceHtml } from '#lib/documents/invoice-html.tsx';
import { readLogo } from '#lib/documents/logo-store.ts';
import { onQueue } from './batch.ts';

const fonts = once(() => openFonts());

/** Makes the PDF of a document version, unless it is there: the first to note it down wins (PDF-3). */
const ensurePdf = async ({ accountId, invoiceId, documentVersion }: RenderMessage): Promise<void> => {
  if (await readRecord(table(), pdfs, accountId, invoiceId, documentVersion)) return;
  const [present, account] = await Promise.all([
    readInvoice(table(), accountId, invoiceId),
    readSettings(table(), accountId),
  ]);
  // Deleted meanwhile: nobody can ask for its PDF any more.
  if (present === undefined || account === undefined) return;
  const invoice =
    present.documentVersion === documentVersion
      ? present
      : await readSnapshot(table(), accountId, invoiceId, documentVersion);
  if (invoice === undefined) throw new Error(`no snapshot of version ${documentVersion} of ${invoiceId}`);
  const { pageSize } = account;
  const html = renderInvoiceHtml({
    invoice,
    seller: invoice.seller,
    buyer: invoice.buyer,
    logo: await readLogo(documents(), invoice.seller),
    pageSize,
    accountingCurrency: invoice.accountingCurrency,
    fonts: fonts(),
  });
  const pdf = await renderPdf(html, pageSize);
  const contentHash = createHash('sha256').update(pdf).digest('hex');
  const key = pdfKey({ accountId, invoiceId, documentVersion, contentHash });
  await documents().put(key, pdf);
  const writes = new Transaction(table());
  // An invoice that was deleted meanwhile leaves no PDF behind (DEL-3).
  writes.check(headerKey(accountId, invoiceId), exists);
  putRecord(writes, pdfs, undefined, {
    ...{ accountId, invoiceId, documentVersion, key, bytes: pdf.length },
    madeAt: new Date().toISOString(),
    revision: 0,
  });
  await writes.commit().catch(async (error) => {
    if (!(error instanceof Stale)) throw error;
    const [first, left] = await Promise.all([
      readRecord(table(), pdfs, accountId, invoiceId, documentVersion),
      readHeader(table(), accountId, invoiceId),
    ]);
    // Another worker was first, and its PDF is the one: maybe of the very same bytes. Or the invoice is gone.
    if (first?.key !== key) await documents().remove(key);
    // Neither: the invoice was being written at this moment, and its PDF has to be made again.
    if (first === undefined && left !== undefined) throw error;
  });
};

export const handler = onQueue('render-pdf', async ({ body }) => {
  const { emailId, ...message } = renderMessage.parse(JSON.parse(body));
  await ensurePdf(message);
  if (emailId === undefined) return;
  const { accountId, invoiceId } = message;
  await askForEmail({ kind: 'invoice', accountId, invoiceId, emailId });
});
