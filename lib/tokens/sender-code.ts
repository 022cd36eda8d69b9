import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Secrets } from './secrets.ts';

/**
 * The six digits that prove an address to be the account's (SEND-15). They are made from a secret and a nonce that the
 * record keeps, so that the table holds no code that works.
 */
export const senderCode = (
  { accountId, email, nonce }: { accountId: string; email: string; nonce: string },
  secrets: Secrets,
): string => {
  const key = Buffer.from(secrets.cursors, 'base64');
  const mac = createHmac('sha256', key)
    .update(`sender-code\n${accountId}\n${email.toLowerCase()}\n${nonce}`)
    .digest();
  // 48 bits: the bias toward small codes is below one in 10⁸.
  return String(mac.readUIntBE(0, 6) % 1_000_000).padStart(6, '0');
};

/** Whether a code is the expected one, in constant time. */
export const isSenderCode = (given: string, expected: string): boolean =>
  given.length === expected.length && timingSafeEqual(Buffer.from(given), Buffer.from(expected));
