import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Secrets } from './secrets.ts';
import { bytesOfId, idOfBytes } from './ulid-bytes.ts';

/**
 * The token of a buyer's link: version of the secret, the three ids, and 160 bits of an HMAC-SHA-256 over them.
 * Nothing in the table makes one, and the same link can be made again at will (LINK-2).
 */
export type LinkIds = { accountId: string; invoiceId: string; linkId: string };

const macBytes = 20;
const idBytes = 16;
const tokenBytes = 1 + 3 * idBytes + macBytes;

const macOf = (secret: string, payload: Uint8Array): Buffer =>
  createHmac('sha256', Buffer.from(secret, 'base64'))
    .update('invoice-link')
    .update(payload)
    .digest()
    .subarray(0, macBytes);

/** The token in base64url, 92 characters. */
export const linkToken = (ids: LinkIds, secrets: Secrets['links']): string => {
  const secret = secrets.secrets[secrets.current];
  if (secret === undefined) throw new Error(`no link secret of version ${secrets.current}`);
  const payload = Buffer.concat([
    Buffer.from([secrets.current]),
    ...[ids.accountId, ids.invoiceId, ids.linkId].map(bytesOfId),
  ]);
  return Buffer.concat([payload, macOf(secret, payload)]).toString('base64url');
};

/** The ids that a token names, or undefined if it is malformed, forged or of a retired secret. */
export const readLinkToken = (token: string, secrets: Secrets['links']): LinkIds | undefined => {
  const bytes = Buffer.from(token, 'base64url');
  if (bytes.length !== tokenBytes || bytes.toString('base64url') !== token) return undefined;
  const secret = secrets.secrets[String(bytes[0])];
  const payload = bytes.subarray(0, tokenBytes - macBytes);
  if (secret === undefined || !timingSafeEqual(macOf(secret, payload), bytes.subarray(tokenBytes - macBytes)))
    return undefined;
  const idAt = (prefix: string, place: number) =>
    idOfBytes(prefix, payload.subarray(1 + place * idBytes, 1 + (place + 1) * idBytes));
  return { accountId: idAt('acc', 0), invoiceId: idAt('inv', 1), linkId: idAt('lnk', 2) };
};
