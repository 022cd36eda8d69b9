import type { SenderAddress } from '#lib/domain/sending/sender-address.ts';

/** A sender address as the API shows it: never with what its code is made from. */
export const showSenderAddress = (address: SenderAddress) => ({
  email: address.email,
  name: address.name ?? null,
  sharedWith: address.sharedWith,
  verified: address.verifiedAt !== undefined,
  verifiedAt: address.verifiedAt ?? null,
  code: address.challenge
    ? { status: address.challenge.status, expiresAt: address.challenge.expiresAt }
    : null,
  version: address.version,
  createdAt: address.createdAt,
  updatedAt: address.updatedAt,
});
