import { documents } from '#functions/wiring/documents.ts';
import { linkUrls } from '#functions/wiring/link-urls.ts';
import { askForPdf, type EmailMessageOf } from '#functions/wiring/queues.ts';
import { table } from '#functions/wiring/table.ts';
import { readSettings } from '#lib/data/accounts.ts';
import { readRecord } from '#lib/data/collection.ts';
import { emails } from '#lib/data/collections.ts';
import { readInvoice } from '#lib/data/invoices.ts';
import { type InvoiceEmail, isInvoiceEmail } from '#lib/domain/email.ts';
import { isFinalized } from '#lib/domain/invoice/invoice.ts';
import { whyNotSent } from '#lib/domain/invoice/refusals.ts';
import { deliver, type Prepare } from '#lib/email/delivery.ts';
import { NotYet } from '#lib/email/not-yet.ts';
import { pdfOf, prepareInvoiceMessage } from '#lib/email/prepare-invoice.ts';
import { delivery } from './delivery.ts';

const notSendable = {
  code: 'invoice_not_sendable',
  detail: 'The invoice was voided or deleted before the e-mail went out.',
};

/** The PDF of the invoice's present version is to be made first. */
class PdfMissing extends NotYet {
  readonly documentVersion: number;

  constructor(documentVersion: number) {
    super(`the PDF of version ${documentVersion} is not made yet`);
    this.documentVersion = documentVersion;
  }
}

const prepare: Prepare<InvoiceEmail> = async (email) => {
  const { accountId, invoiceId } = email;
  const [invoice, account] = await Promise.all([
    readInvoice(table(), accountId, invoiceId),
    readSettings(table(), accountId),
  ]);
  if (invoice === undefined || !isFinalized(invoice) || whyNotSent(invoice) !== null) return notSendable;
  // Of the invoice as it is now: where an edit came in between, the text and the PDF both tell of it.
  const { documentVersion } = invoice;
  const pdf = await pdfOf(table(), documents(), { accountId, invoiceId, documentVersion });
  if (pdf === undefined) throw new PdfMissing(documentVersion);
  const source = { documents: documents(), linkUrl: await linkUrls(account ?? {}) };
  return prepareInvoiceMessage(source, email, { invoice, pdf });
};

/** An invoice's e-mail, sent at most once. */
export const sendInvoiceEmail = async ({
  accountId,
  invoiceId,
  emailId,
}: EmailMessageOf<'invoice'>): Promise<void> => {
  const email = await readRecord(table(), emails, accountId, invoiceId, emailId);
  if (email === undefined || !isInvoiceEmail(email)) return;
  await deliver(delivery(), email, prepare).catch(async (error) => {
    if (!(error instanceof PdfMissing)) throw error;
    // The PDF brings the e-mail again once it is made.
    await askForPdf({ accountId, invoiceId, emailId, documentVersion: error.documentVersion });
  });
};
