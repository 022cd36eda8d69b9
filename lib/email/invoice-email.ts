import type { Invoice } from '#lib/domain/invoice/invoice.ts';
import { isZero } from '#lib/domain/money.ts';
import { sellerName } from '#lib/domain/party.ts';
import { type EmailWording, emailWordingOf } from '#lib/domain/wording/email.ts';
import { type Reading, readingOf } from '#lib/domain/wording/reading.ts';
import { onOneLine } from './header-text.ts';
import { invoiceHtml } from './invoice-html.tsx';
import { invoiceText } from './invoice-text.ts';
import type { EmailContent, InvoiceEmailInput, Message } from './message.ts';

/** The paragraphs of a text, parted by empty lines. */
const paragraphs = (text: string): string[] =>
  text
    .split(/\r?\n\s*\r?\n/)
    .map((part) => part.trim())
    .filter((part) => part !== '');

const stateOf = (invoice: Invoice, reading: Reading, wording: EmailWording, number: string): string => {
  const { money, day } = reading;
  const due = invoice.dueDate === undefined ? '' : day(invoice.dueDate);
  if (invoice.status !== 'open') return wording.paid(number, money(invoice.total));
  if (!isZero(invoice.amountPaid))
    return wording.partlyPaid(number, money(invoice.amountPaid), money(invoice.balanceDue), due);
  return wording.owed(number, money(invoice.balanceDue), due);
};

type Words = { subject: string; body: string };

/** What the template says by itself; of an edit what the answer to it said (EDIT-9), of none that this is a new version. */
const standardOf = (
  { invoice, template }: InvoiceEmailInput,
  {
    wording,
    number,
    seller,
    state,
  }: { wording: EmailWording; number: string; seller: string; state: string },
): Words => {
  if (template === 'invoice') return { subject: wording.subject(number, seller), body: state };
  const unknown = { subject: wording.editedSubject(number, seller), body: wording.edited(number) };
  return invoice.editMessage ?? unknown;
};

/** What the e-mail says, before it is laid out. */
export const messageOf = (input: InvoiceEmailInput): Message => {
  const { invoice } = input;
  const reading = readingOf(invoice);
  const wording = emailWordingOf(invoice.language);
  const number = invoice.number ?? '';
  const { buyer } = invoice;
  const seller = sellerName(invoice);
  const name = buyer?.contact?.name ?? buyer?.name;
  const state = stateOf(invoice, reading, wording, number);
  const standard = standardOf(input, { wording, number, seller, state });
  return {
    input,
    reading,
    wording,
    seller,
    subject: onOneLine(input.subject ?? standard.subject),
    greeting: name === undefined ? undefined : wording.greeting(name),
    intro: paragraphs(input.intro ?? standard.body),
    owed: invoice.status === 'open',
  };
};

/**
 * The e-mail with an invoice, or about its edit: subject, HTML and plain text, in the invoice's language and the seller's
 * colour. Pure: the same input gives the same bytes, so that a preview is exactly what would be sent (SEND-7).
 */
export const composeInvoiceEmail = (input: InvoiceEmailInput): EmailContent => {
  const message = messageOf(input);
  return {
    subject: message.subject,
    html: invoiceHtml(message),
    text: invoiceText(message),
  };
};
