import { documents } from '#functions/wiring/documents.ts';
import { exportFiles } from '#functions/wiring/exports.ts';
import { askForCleanUp, cleanUpMessage } from '#functions/wiring/queues.ts';
import { table } from '#functions/wiring/table.ts';
import { deleteBeside } from '#lib/data/invoices.ts';
import { pdfPrefix } from '#lib/documents/document-store.ts';
import { filesPrefix } from '#lib/exports/file-store.ts';
import { onQueue } from './batch.ts';
import { dropAssociations } from './drop-associations.ts';

/**
 * What a deletion leaves to do: the e-mails, PDFs and copies of an invoice go (DEL-3; its links stay, to answer 410, and
 * so does its history); the associations with a contact or company end (CON-2).
 */
export const handler = onQueue('clean-up', async ({ body }) => {
  const message = cleanUpMessage.parse(JSON.parse(body));
  if (message.kind === 'invoice') {
    await documents().removeAll(pdfPrefix(message));
    await deleteBeside(table(), message.accountId, message.invoiceId);
    return;
  }
  if (message.kind === 'export') {
    const { upload, accountId, exportId } = message;
    if (upload !== undefined) await exportFiles().abort(upload);
    await documents().removeAll(filesPrefix({ accountId, exportId }));
    return;
  }
  const after = await dropAssociations(message);
  if (after !== undefined) await askForCleanUp({ ...message, after });
});
