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

const introOf = ({ invoice, template, intro }: InvoiceEmailInput, wording: EmailWording, state: string) => {
  if (intro !== undefined) return paragraphs(intro);
  return template === 'edited' ? [wording.edited(invoice.number ?? '')] : [state];
};

const subjectOf = (input: InvoiceEmailInput, wording: EmailWording, number: string, seller: string) => {
  const standard = input.template === 'edited' ? wording.editedSubject : wording.subject;
  return onOneLine(input.subject ?? standard(number, seller));
};

/** What the e-mail says, before it is laid out. */
export const messageOf = (input: InvoiceEmailInput): Message => {
  const { invoice, template, changeText } = input;
  const reading = readingOf(invoice);
  const wording = emailWordingOf(invoice.language);
  const number = invoice.number ?? '';
  const { buyer } = invoice;
  const seller = sellerName(invoice);
  const name = buyer?.contact?.name ?? buyer?.name;
  return {
    input,
    reading,
    wording,
    seller,
    subject: subjectOf(input, wording, number, seller),
    greeting: name === undefined ? undefined : wording.greeting(name),
    intro: introOf(input, wording, stateOf(invoice, reading, wording, number)),
    changes: template === 'edited' && changeText !== undefined ? paragraphs(changeText) : [],
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
