import type { SESClient } from '@aws-sdk/client-ses';
import { putRecord, readRecord } from '#lib/data/collection.ts';
import { emails, pdfs } from '#lib/data/collections.ts';
import { following } from '#lib/data/history.ts';
import { newId } from '#lib/data/ids.ts';
import { putHeader, readHeader, readInvoice } from '#lib/data/invoices.ts';
import type { Table } from '#lib/data/table.ts';
import { Transaction, untilWritten } from '#lib/data/transaction.ts';
import type { DocumentStore } from '#lib/documents/document-store.ts';
import { readLogo } from '#lib/documents/logo-store.ts';
import type { Change } from '#lib/domain/change.ts';
import { type Email, leaseMilliseconds, nextStep } from '#lib/domain/email.ts';
import { isFinalized } from '#lib/domain/invoice/invoice.ts';
import { whyNotSent } from '#lib/domain/invoice/refusals.ts';
import { slugOf } from '#lib/domain/link.ts';
import { isDeliverable } from './address.ts';
import { pdfNameOf } from './attachment-name.ts';
import { composeInvoiceEmail } from './invoice-email.ts';
import { logoAddress, logoPart } from './logo-part.ts';
import { envelopeOf, fitsProvider, type OutgoingMessage, toMime } from './mime.ts';
import { NotYet } from './not-yet.ts';
import { type Outcome, sendOnce } from './provider.ts';

/** The delivery of an e-mail as a state machine: never two e-mails, never a silent loss (SEND-11). */

export type Delivery = {
  table: Table;
  documents: DocumentStore;
  provider: { client: SESClient; configurationSet: string | undefined };
  linkUrl: (email: Email, slug: string) => string;
  now: () => Date;
};
export type EmailName = { accountId: string; invoiceId: string; emailId: string };

const patience = () => ({ deadline: Date.now() + 20_000 });

const warned = (email: Email, code: string, detail: string): Email['warnings'] => [
  ...email.warnings,
  { code, detail },
];

/** Writes the e-mail's next state, if nobody else did: its revision is the proof. */
const move = async ({ table }: Delivery, email: Email, next: Partial<Email>): Promise<Email> => {
  const writes = new Transaction(table);
  const moved = putRecord(writes, emails, email, { ...email, ...next });
  await writes.commit();
  return moved;
};

type Prepared = { mime: Uint8Array; envelope: { from: string; to: readonly string[] }; attached: boolean };

/** The message, ready to go; undefined if the invoice can't be sent any more. */
const prepare = async (delivery: Delivery, email: Email): Promise<Prepared | undefined> => {
  const { table, documents, linkUrl } = delivery;
  const { accountId, invoiceId, documentVersion } = email;
  const invoice = await readInvoice(table, accountId, invoiceId);
  if (invoice === undefined || !isFinalized(invoice) || whyNotSent(invoice) !== null) return undefined;
  const record = await readRecord(table, pdfs, accountId, invoiceId, documentVersion);
  const pdf = record && (await documents.get(record.key));
  if (pdf === undefined) throw new NotYet(`the PDF of ${email.id} is not made yet`);
  const logo = await readLogo(documents, invoice.seller);
  const { template, intro, subject } = email;
  const write = (attached: boolean): Promise<Uint8Array> => {
    const content = {
      invoice,
      template,
      subject,
      intro,
      linkUrl: linkUrl(email, slugOf(invoice)),
      pdfAttached: attached,
      logo: logo && logoAddress,
    };
    return toMime({
      ...headersOf(email),
      ...composeInvoiceEmail(content),
      attachments: [
        ...(logo ? [logoPart(logo)] : []),
        ...(attached ? [attachment(pdf, invoice.number)] : []),
      ],
    });
  };
  const whole = await write(true);
  const attached = fitsProvider(whole.length);
  return { mime: attached ? whole : await write(false), envelope: envelopeOf(headersOf(email)), attached };
};

const attachment = (bytes: Uint8Array, number: string) => ({
  name: pdfNameOf(number),
  mediaType: 'application/pdf',
  bytes,
});

const headersOf = (email: Email): Pick<OutgoingMessage, 'from' | 'to' | 'cc' | 'date' | 'messageId'> => ({
  from: { email: email.from, name: email.fromName },
  to: [{ email: email.to }],
  cc: email.cc.map((address) => ({ email: address })),
  date: email.createdAt,
  messageId: `${email.id}@mail.quittance.invalid`,
});

const stampOf = (email: Email, at: string): Change => ({
  id: newId('his', at),
  at,
  action: 'email_sent',
  actor: email.createdBy,
  source: 'system',
  requestId: null,
});

/** The e-mail as sent, and the invoice's `lastSentAt`, whose version stays (SEND-9, API-3). */
const noteSent = async (
  delivery: Delivery,
  sending: Email,
  messageId: string,
  attached: boolean,
): Promise<void> => {
  const { table, now } = delivery;
  const at = now().toISOString();
  const asked = stampOf(sending, at);
  const { accountId, invoiceId, id } = sending;
  await untilWritten(async () => {
    const [header, email] = await Promise.all([
      readHeader(table, accountId, invoiceId),
      readRecord(table, emails, accountId, invoiceId, id),
    ]);
    // Gone with its invoice. One whose lease ran out meanwhile was marked unknown: now it is known.
    if (email === undefined || !['sending', 'unknown'].includes(email.status)) return;
    const change = following(header, asked);
    const writes = new Transaction(table);
    const sent: Email = {
      ...email,
      ...{ status: 'sent', sentAt: at, messageId, attached, leaseUntil: undefined },
      warnings: attached
        ? sending.warnings
        : warned(sending, 'pdf_too_large', 'The PDF is too large for the provider: the link went alone.'),
      recipients: sending.recipients.map(({ email }) => ({ email, status: 'sent', at })),
    };
    putRecord(writes, emails, email, sent, { subject: invoiceId, change });
    if (header !== undefined && sending.template === 'invoice')
      putHeader(writes, header, { ...header, lastSentAt: at }, change);
    await writes.commit();
  }, patience());
};

const noteOutcome = async (
  delivery: Delivery,
  sending: Email,
  outcome: Outcome,
  attached: boolean,
): Promise<void> => {
  if (outcome.kind === 'accepted') return noteSent(delivery, sending, outcome.messageId, attached);
  if (outcome.kind === 'not_now') {
    await move(delivery, sending, { status: 'queued', leaseUntil: undefined });
    throw new NotYet(outcome.reason);
  }
  const status = outcome.kind === 'refused' ? 'failed' : 'unknown';
  await move(delivery, sending, {
    status,
    leaseUntil: undefined,
    warnings: warned(sending, `provider_${outcome.kind}`, outcome.reason),
  });
};

const fail = async (delivery: Delivery, email: Email, code: string, detail: string): Promise<void> => {
  await move(delivery, email, { status: 'failed', warnings: warned(email, code, detail) });
};

const send = async (delivery: Delivery, email: Email): Promise<void> => {
  const { now, provider } = delivery;
  if (![email.from, email.to, ...email.cc].every(isDeliverable))
    return fail(delivery, email, 'address_not_deliverable', 'The provider takes no such address.');
  const prepared = await prepare(delivery, email);
  if (prepared === undefined) {
    const why = 'The invoice was voided or deleted before the e-mail went out.';
    return fail(delivery, email, 'invoice_not_sendable', why);
  }
  const { mime, envelope, attached } = prepared;
  // From here on a crash leaves `sending`, which is never sent again: the provider may have been asked.
  const sending = await move(delivery, email, {
    status: 'sending',
    leaseUntil: now().getTime() + leaseMilliseconds,
  });
  const outcome = await sendOnce(provider.client, {
    mime,
    from: envelope.from,
    recipients: envelope.to,
    tags: { account: email.accountId, invoice: email.invoiceId, email: email.id },
    configurationSet: provider.configurationSet,
  });
  await noteOutcome(delivery, sending, outcome, attached);
};

/**
 * Does what is to be done with an e-mail that the queue names, however often it names it.
 * @throws NotYet when it has to come again later; Stale when another worker has it
 */
export const deliver = async (
  delivery: Delivery,
  { accountId, invoiceId, emailId }: EmailName,
): Promise<void> => {
  const email = await readRecord(delivery.table, emails, accountId, invoiceId, emailId);
  if (email === undefined) return;
  const step = nextStep(email, delivery.now().getTime());
  if (step === 'send') return send(delivery, email);
  if (step === 'wait') throw new NotYet(`${email.id} is being sent`);
  if (step === 'mark_unknown') await move(delivery, email, { status: 'unknown', leaseUntil: undefined });
};
