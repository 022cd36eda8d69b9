import { readRecord } from '#lib/data/collection.ts';
import { pdfs } from '#lib/data/collections.ts';
import type { Table } from '#lib/data/table.ts';
import type { DocumentStore } from '#lib/documents/document-store.ts';
import { readLogo } from '#lib/documents/logo-store.ts';
import type { InvoiceEmail } from '#lib/domain/email.ts';
import type { FinalizedHeader, Invoice } from '#lib/domain/invoice/invoice.ts';
import { slugOf } from '#lib/domain/link.ts';
import { pdfNameOf } from './attachment-name.ts';
import { headersOf, type Prepared } from './headers.ts';
import { composeInvoiceEmail } from './invoice-email.ts';
import { logoAddress, logoPart } from './logo-part.ts';
import type { EmailContent } from './message.ts';
import { fitsProvider, toMime } from './mime.ts';

/** Where an invoice's message takes its parts from. */
export type InvoiceMessageSource = {
  documents: DocumentStore;
  linkUrl: (email: InvoiceEmail, slug: string) => string;
};

/** The PDF of a document version; undefined while it is not made. */
export const pdfOf = async (
  table: Table,
  documents: DocumentStore,
  {
    accountId,
    invoiceId,
    documentVersion,
  }: Pick<InvoiceEmail, 'accountId' | 'invoiceId' | 'documentVersion'>,
): Promise<Uint8Array | undefined> => {
  const record = await readRecord(table, pdfs, accountId, invoiceId, documentVersion);
  return record && documents.get(record.key);
};

/**
 * The whole message of an invoice's e-mail, as it is sent and as it is previewed (SEND-7): with its PDF, or without it
 * where that is too large for the provider (SEND-8).
 */
export const prepareInvoiceMessage = async (
  { documents, linkUrl }: InvoiceMessageSource,
  email: InvoiceEmail,
  { invoice, pdf }: { invoice: Invoice & FinalizedHeader; pdf: Uint8Array },
): Promise<Prepared & { content: EmailContent; pdfName: string }> => {
  const logo = await readLogo(documents, invoice.seller);
  const headers = headersOf(email);
  const pdfName = pdfNameOf(invoice.number);
  const write = async (attached: boolean) => {
    const content = composeInvoiceEmail({
      ...{ invoice, template: email.template, subject: email.subject, intro: email.intro },
      linkUrl: linkUrl(email, slugOf(invoice)),
      pdfAttached: attached,
      logo: logo && logoAddress,
    });
    const file = { name: pdfName, mediaType: 'application/pdf', bytes: pdf };
    const attachments = [...(logo ? [logoPart(logo)] : []), ...(attached ? [file] : [])];
    return { content, mime: await toMime({ ...headers, ...content, attachments }) };
  };
  const whole = await write(true);
  const attached = fitsProvider(whole.mime.length);
  return { ...(attached ? whole : await write(false)), headers, attached, pdfName };
};
