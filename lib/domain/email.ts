import * as z from 'zod';
import { actor } from './actor.ts';

/** An e-mail about an invoice, as a small state machine (SEND-11). */
export const emailStatuses = ['queued', 'sending', 'sent', 'unknown', 'failed'] as const;
export const emailTemplates = ['invoice', 'edited'] as const;

export const storedEmail = z.object({
  id: z.string(),
  accountId: z.string(),
  invoiceId: z.string(),
  linkId: z.string(),
  documentVersion: z.number(),
  status: z.enum(emailStatuses),
  template: z.enum(emailTemplates),
  from: z.string(),
  fromName: z.string().optional(),
  to: z.string(),
  cc: z.array(z.string()),
  subject: z.string(),
  intro: z.string().optional(),
  recipients: z.array(
    z.object({
      email: z.string(),
      status: z.enum(['pending', 'sent', 'delivered', 'bounced', 'complained']),
      at: z.string().optional(),
    }),
  ),
  /** While it is being sent: until when (milliseconds since 1970) nobody else may touch it. */
  leaseUntil: z.number().optional(),
  attached: z.boolean(),
  messageId: z.string().optional(),
  warnings: z.array(z.object({ code: z.string(), detail: z.string() })),
  revision: z.number(),
  createdAt: z.string(),
  createdBy: actor,
  sentAt: z.string().optional(),
});
export type Email = z.infer<typeof storedEmail>;

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
