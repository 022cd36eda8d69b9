import type { Actor } from '#lib/domain/actor.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { codeLifeMinutes, type SenderAddress, wrongTriesAllowed } from './sender-address.ts';

/** How an address becomes the account's: asked for, mailed a code, confirmed (SEND-15). */

type Asked = {
  accountId: string;
  email: string;
  name: string | undefined;
  sharedWith: SenderAddress['sharedWith'];
  nonce: string;
  at: string;
  by: Actor;
};

/** The address as asked for, now or again: with a new code to be mailed, unless it is proved already. */
export const askedFor = (known: SenderAddress | undefined, asked: Asked): SenderAddress => {
  const { accountId, email, name, sharedWith, nonce, at, by } = asked;
  const expiresAt = new Date(Date.parse(at) + codeLifeMinutes * 60_000).toISOString();
  return {
    accountId,
    email: known?.email ?? email,
    name: name ?? known?.name,
    sharedWith,
    verifiedAt: known?.verifiedAt,
    challenge:
      known?.verifiedAt === undefined ? { nonce, expiresAt, wrongTries: 0, status: 'queued' } : undefined,
    version: (known?.version ?? 0) + 1,
    revision: known?.revision ?? 0,
    createdAt: known?.createdAt ?? at,
    createdBy: known?.createdBy ?? by,
    updatedAt: at,
  };
};

/** A refusal of the code that was given. */
export const codeRefused = (code: 'wrong_code' | 'code_expired', detail: string): Refusal =>
  new Refusal('invalid_request', { errors: [{ pointer: '/code', code, detail }] });

/**
 * Refuses where no code can prove the address any more.
 * @throws Refusal invalid_request, code_expired: after an hour or five wrong tries a new one has to be asked for
 */
export const refuseExpired = (address: SenderAddress, at: string): void => {
  const { challenge } = address;
  if (challenge === undefined || challenge.expiresAt <= at || challenge.wrongTries >= wrongTriesAllowed)
    throw codeRefused('code_expired', 'is no longer taken: ask for a new one');
};

/** The address after the code was given: proved, or one wrong try more. */
export const afterCode = (address: SenderAddress, isRight: boolean, at: string): SenderAddress => {
  const next = { ...address, version: address.version + 1, updatedAt: at };
  if (isRight) return { ...next, verifiedAt: at, challenge: undefined };
  const { challenge } = address;
  return { ...next, challenge: challenge && { ...challenge, wrongTries: challenge.wrongTries + 1 } };
};
