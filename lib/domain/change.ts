import * as z from 'zod';
import { actor } from './actor.ts';

/** Where a change came from (HIST-2). */
export const changeSources = ['api', 'page', 'webhook', 'schedule', 'system'] as const;

/** What happened, in the words of api.md's history. */
export const changeActions = [
  'created',
  'updated',
  'finalized',
  'voided',
  'deleted',
  'payment_recorded',
  'payment_applied',
  'payment_taken_off',
  'payment_deleted',
  'payment_refunded',
  'payment_disputed',
  'email_sent',
  'email_delivered',
  'email_bounced',
  'email_complained',
  'link_created',
  'link_revoked',
  'contact_added',
  'contact_removed',
  'company_added',
  'company_removed',
] as const;

/**
 * The stamp that every written item carries, and that its history is made from: all items of one change carry the
 * same, so that its entry is one however the stream delivers them.
 */
export const change = z.object({
  /** Id of the history entry that this change makes. */
  id: z.string(),
  at: z.string(),
  action: z.enum(changeActions),
  actor,
  source: z.enum(changeSources),
  requestId: z.string().nullable(),
  /** Version of the invoice (or settings) after the change. */
  version: z.number().optional(),
  reason: z.string().optional(),
  paymentId: z.string().optional(),
  amount: z.string().optional(),
});
/** Time never runs backwards on one item: the later of its last change and of this one. */
export const laterOf = (previous: string, at: string): string => (previous > at ? previous : at);
export type Change = z.infer<typeof change>;
export type ChangeAction = Change['action'];
