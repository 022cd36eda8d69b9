import { documents } from '#functions/wiring/documents.ts';
import { askForPdf } from '#functions/wiring/queues.ts';
import { table } from '#functions/wiring/table.ts';
import { readRecord } from '#lib/data/collection.ts';
import { pdfs } from '#lib/data/collections.ts';
import { longestLife } from '#lib/documents/document-store.ts';
import type { FinalizedHeader } from '#lib/domain/invoice/invoice.ts';
import { pdfNameOf } from '#lib/email/attachment-name.ts';

/** Seconds after which to ask again for a PDF that is being made. */
export const secondsToMake = 2;

/**
 * The signed address of an invoice's PDF; undefined while it is not made yet, which this asks for.
 * It dies after five minutes at most (LINK-5), and with the credentials that signed it.
 */
export const pdfAddress = async (
  invoice: FinalizedHeader,
  documentVersion: number,
): Promise<{ url: string; expiresAt: string } | undefined> => {
  const { accountId, id: invoiceId } = invoice;
  const pdf = await readRecord(table(), pdfs, accountId, invoiceId, documentVersion);
  if (pdf === undefined) {
    await askForPdf({ accountId, invoiceId, documentVersion });
    return undefined;
  }
  const expiresAt = new Date(Date.now() + longestLife * 1_000).toISOString();
  const url = await documents().signedUrl(pdf.key, {
    seconds: longestLife,
    fileName: pdfNameOf(invoice.number),
  });
  return { url, expiresAt };
};
