import * as z from 'zod';
import { actor } from '#lib/domain/actor.ts';

/** What became of the e-mail with a code; `unknown` where the provider did not say, or the worker died. */
export const codeStatuses = ['queued', 'sent', 'failed', 'unknown'] as const;
export type CodeStatus = (typeof codeStatuses)[number];

/**
 * An address that an account sends from. It is the account's once it was proved by a code mailed to it (SEND-15): that
 * the e-mail provider knows it from elsewhere proves nothing.
 */
export const storedSenderAddress = z.object({
  accountId: z.string(),
  email: z.string(),
  name: z.string().optional(),
  /** Who may send from it: the whole account, or these members. */
  sharedWith: z.union([z.literal('account'), z.array(z.string())]),
  verifiedAt: z.string().optional(),
  /** What the code that was asked for last is made from; the code itself is not kept. */
  challenge: z
    .object({
      nonce: z.string(),
      expiresAt: z.string(),
      wrongTries: z.number(),
      status: z.enum(codeStatuses),
    })
    .optional(),
  version: z.number(),
  revision: z.number(),
  createdAt: z.string(),
  createdBy: actor,
  updatedAt: z.string(),
});
export type SenderAddress = z.infer<typeof storedSenderAddress>;

/** A code lives so long, and takes so many wrong tries. */
export const codeLifeMinutes = 60;
export const wrongTriesAllowed = 5;

/** Addresses compare without regard to case. */
export const isSameAddress = (left: string | undefined, right: string | undefined): boolean =>
  left !== undefined && left.toLowerCase() === right?.toLowerCase();

/** Whether somebody may send from the address: it is shared with the account, or with him. A key is nobody. */
export const isOpenTo = (address: SenderAddress, memberId: string | undefined): boolean =>
  address.sharedWith === 'account' || (memberId !== undefined && address.sharedWith.includes(memberId));
