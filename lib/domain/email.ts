import * as z from 'zod';
import { actor } from './actor.ts';

/** An e-mail about an invoice or a payment, as a small state machine (SEND-11). */
export const emailStatuses = ['queued', 'sending', 'sent', 'unknown', 'failed'] as const;
/** What can be asked for about an invoice. */
export const emailTemplates = ['invoice', 'edited'] as const;

export const recipientStatuses = ['pending', 'sent', 'delivered', 'bounced', 'complained'] as const;
export const storedRecipient = z.object({
  email: z.string(),
  status: z.enum(recipientStatuses),
  /** When it came to its status. */
  at: z.string().optional(),
  /** When the provider said each: its events come in any order, and again (SEND-12). */
  deliveredAt: z.string().optional(),
  bouncedAt: z.string().optional(),
  complainedAt: z.string().optional(),
});
export type Recipient = z.infer<typeof storedRecipient>;

const everyEmail = {
  id: z.string(),
  accountId: z.string(),
  status: z.enum(emailStatuses),
  from: z.string(),
  fromName: z.string().optional(),
  to: z.string(),
  cc: z.array(z.string()),
  subject: z.string(),
  recipients: z.array(storedRecipient),
  /** While it is being sent: until when (milliseconds since 1970) nobody else may touch it. */
  leaseUntil: z.number().optional(),
  attached: z.boolean(),
  messageId: z.string().optional(),
  warnings: z.array(z.object({ code: z.string(), detail: z.string() })),
  revision: z.number(),
  createdAt: z.string(),
  createdBy: actor,
  sentAt: z.string().optional(),
};

const storedInvoiceEmail = z.object({
  ...everyEmail,
  template: z.enum(emailTemplates),
  invoiceId: z.string(),
  linkId: z.string(),
  documentVersion: z.number(),
  intro: z.string().optional(),
});
/** An e-mail about an invoice. */
export type InvoiceEmail = z.infer<typeof storedInvoiceEmail>;

const storedReceiptEmail = z.object({
  ...everyEmail,
  template: z.literal('receipt'),
  paymentId: z.string(),
});
/** A payment's receipt (PAY-6). */
export type ReceiptEmail = z.infer<typeof storedReceiptEmail>;

const storedExportEmail = z.object({
  ...everyEmail,
  template: z.literal('export'),
  exportId: z.string(),
});
/** The link to the files of a schedule's export (EXP-4). */
export type ExportEmail = z.infer<typeof storedExportEmail>;

export const storedEmail = z.discriminatedUnion('template', [
  storedInvoiceEmail,
  storedReceiptEmail,
  storedExportEmail,
]);
export type Email = z.infer<typeof storedEmail>;

/** Whether it is about an invoice, whatever its words: of all e-mails only such ones go to an invoice's buyer. */
export const isInvoiceEmail = (email: Email): email is InvoiceEmail => 'invoiceId' in email;

/** Id of what the e-mail is about: its history is there, and the e-mail lies beside it. */
export const aboutOf = (email: Email): string => {
  if (email.template === 'receipt') return email.paymentId;
  return email.template === 'export' ? email.exportId : email.invoiceId;
};

/** How long a sender may take: longer than the provider is waited for, shorter than the queue hides a message. */
export const leaseMilliseconds = 60_000;

/**
 * What a sender does with an e-mail that the queue names, maybe again: only a queued one is sent. One whose sender
 * died between asking the provider and noting the answer may have gone out: it is `unknown`, and never sent again.
 */
export const nextStep = (
  email: Pick<Email, 'status' | 'leaseUntil'>,
  now: number,
): 'send' | 'wait' | 'mark_unknown' | 'nothing' => {
  if (email.status === 'queued') return 'send';
  if (email.status !== 'sending') return 'nothing';
  return (email.leaseUntil ?? 0) > now ? 'wait' : 'mark_unknown';
};

/** All addresses, each once, `to` first. */
export const recipientsOf = (email: Pick<Email, 'to' | 'cc'>): string[] => [
  ...new Set([email.to, ...email.cc]),
];
