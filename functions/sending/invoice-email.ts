import type * as z from 'zod';
import type { Caller } from '#functions/http/caller.ts';
import { table } from '#functions/wiring/table.ts';
import { readRecord } from '#lib/data/collection.ts';
import { pdfs } from '#lib/data/collections.ts';
import type { Settings } from '#lib/domain/account/settings.ts';
import type { InvoiceEmail } from '#lib/domain/email.ts';
import { type FinalizedHeader, type Invoice, isFinalized } from '#lib/domain/invoice/invoice.ts';
import { refuseIf, whyNotSent } from '#lib/domain/invoice/refusals.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import type { Sender } from '#lib/domain/sending/choose-sender.ts';
import { composeInvoiceEmail } from '#lib/email/invoice-email.ts';
import { fileCouldFit, pdfTooLarge } from '#lib/email/mime.ts';
import type { sendRequest } from './contract.ts';
import { newEmail } from './new-email.ts';
import { copiesOf, recipientOf, refuseUndeliverable } from './recipients.ts';
import { senderOf } from './sender-of.ts';

/**
 * The e-mail that a request asks for, as it would be queued: what a preview shows and what is sent come of the same
 * (SEND-7).
 * @throws Refusal as sending does
 */
export const invoiceEmailOf = async (
  { caller, body, id, at }: { caller: Caller; body: z.output<typeof sendRequest>; id: string; at: string },
  { invoice, account }: { invoice: Invoice; account: Settings },
): Promise<{ email: InvoiceEmail; sender: Sender; invoice: Invoice & FinalizedHeader }> => {
  const { accountId } = caller;
  refuseIf(whyNotSent(invoice));
  if (!isFinalized(invoice)) throw new Refusal('invoice_is_draft');
  const sender = await senderOf(caller, account, body.from ?? undefined);
  const to = await recipientOf(accountId, invoice.contactId, body.to ?? undefined);
  refuseUndeliverable(to, body.cc ?? []);
  const template = body.template ?? 'invoice';
  const custom = { subject: body.subject ?? undefined, intro: body.intro ?? undefined };
  const { subject } = composeInvoiceEmail({ invoice, template, ...custom, linkUrl: '' });
  const cc = copiesOf(to, body.cc ?? []);
  const common = await newEmail({ id, accountId, sender, to, cc, at, by: caller.actor });
  const { id: invoiceId, linkId, documentVersion } = invoice;
  const about = { template, invoiceId, linkId, documentVersion };
  const pdf = await readRecord(table(), pdfs, accountId, invoiceId, documentVersion);
  // Of a PDF that is not made yet, the sending tells.
  const attached = pdf === undefined || fileCouldFit(pdf.bytes);
  const warnings = attached ? common.warnings : [...common.warnings, pdfTooLarge];
  const email = { ...common, ...about, subject, intro: custom.intro, attached, warnings };
  return { email, sender, invoice };
};
