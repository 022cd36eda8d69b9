import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { isId } from '#lib/domain/fields.ts';

/** The secret of an API key: it names its account and key, so that one get finds the record that holds its hash. */

const secretPattern = /^qk_([0-9A-Z]{26})_([0-9A-Z]{26})_([\w-]{43})$/;

/** A new secret with 256 random bits; shown once, then only its hash is known. */
export const newApiKeySecret = (accountId: string, keyId: string): string =>
  `qk_${accountId.slice(4)}_${keyId.slice(4)}_${randomBytes(32).toString('base64url')}`;

/** SHA-256, hexadecimal. The secret is random: no salt is needed. */
export const hashApiKeySecret = (secret: string): string => createHash('sha256').update(secret).digest('hex');

/** The ids that a secret names, or undefined if it has not the form of one. Proves nothing yet. */
export const idsOfApiKeySecret = (secret: string): { accountId: string; keyId: string } | undefined => {
  const parts = secretPattern.exec(secret);
  if (parts === null) return undefined;
  const ids = { accountId: `acc_${parts[1]}`, keyId: `key_${parts[2]}` };
  return isId('acc', ids.accountId) && isId('key', ids.keyId) ? ids : undefined;
};

/** Whether the secret is the one whose hash is known, in constant time. */
export const isApiKeySecret = (secret: string, hash: string): boolean =>
  timingSafeEqual(Buffer.from(hashApiKeySecret(secret), 'hex'), Buffer.from(hash, 'hex'));
