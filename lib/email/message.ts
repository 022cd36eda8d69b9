import type { Invoice } from '#lib/domain/invoice/invoice.ts';
import type { EmailWording } from '#lib/domain/wording/email.ts';
import type { Reading } from '#lib/domain/wording/reading.ts';

export type EmailTemplate = 'invoice' | 'edited';

/** What an invoice's e-mail is made of. */
export type InvoiceEmailInput = {
  /** Finalized, with the frozen parties and the words about its last edit. */
  readonly invoice: Invoice;
  readonly template: EmailTemplate;
  /** Instead of the template's own subject. */
  readonly subject?: string | undefined;
  /** Instead of the template's own first sentences; paragraphs are parted by an empty line. */
  readonly intro?: string | undefined;
  readonly linkUrl: string;
  /** An `https:` address, or the `cid:` of an attachment: mail programs show no `data:` address. */
  readonly logo?: string | undefined;
  /** False where the PDF is too large to be attached (SEND-8). */
  readonly pdfAttached?: boolean | undefined;
};

export type EmailContent = { readonly subject: string; readonly html: string; readonly text: string };

/** The message in words, before it is laid out: its two parts say the same. */
export type Message = {
  readonly input: InvoiceEmailInput;
  readonly reading: Reading;
  readonly wording: EmailWording;
  readonly seller: string;
  readonly subject: string;
  readonly greeting: string | undefined;
  readonly intro: readonly string[];
  /** Whether anything is left to pay. */
  readonly owed: boolean;
};

/** Above so many lines the message leaves them to the page and the PDF. */
export const fewLines = 8;
