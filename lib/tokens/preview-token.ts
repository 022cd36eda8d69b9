import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Secrets } from './secrets.ts';
import { bytesOfId, idOfBytes } from './ulid-bytes.ts';

/** The token of a preview (LIFE-10): account, invoice, when it ends, and 160 bits of an HMAC-SHA-256 over them. */
export type Preview = { accountId: string; invoiceId: string /** Seconds since 1970. */; expiresAt: number };

const macBytes = 20;
const tokenBytes = 16 + 16 + 4 + macBytes;

const macOf = (secret: string, payload: Uint8Array): Buffer =>
  createHmac('sha256', Buffer.from(secret, 'base64'))
    .update('preview')
    .update(payload)
    .digest()
    .subarray(0, macBytes);

/** The token in base64url, 75 characters. */
export const previewToken = ({ accountId, invoiceId, expiresAt }: Preview, { links }: Secrets): string => {
  const end = Buffer.alloc(4);
  end.writeUInt32BE(expiresAt);
  const payload = Buffer.concat([bytesOfId(accountId), bytesOfId(invoiceId), end]);
  const secret = links.secrets[links.current];
  if (secret === undefined) throw new Error(`no link secret of version ${links.current}`);
  return Buffer.concat([payload, macOf(secret, payload)]).toString('base64url');
};

/** What a token shows, or undefined if it is malformed, forged, or over at `now` (seconds since 1970). */
export const readPreviewToken = (token: string, { links }: Secrets, now: number): Preview | undefined => {
  const bytes = Buffer.from(token, 'base64url');
  if (bytes.length !== tokenBytes || bytes.toString('base64url') !== token) return undefined;
  const payload = bytes.subarray(0, tokenBytes - macBytes);
  const mac = bytes.subarray(tokenBytes - macBytes);
  const isOurs = Object.values(links.secrets).some((secret) => timingSafeEqual(macOf(secret, payload), mac));
  const expiresAt = payload.readUInt32BE(32);
  if (!isOurs || expiresAt <= now) return undefined;
  return {
    accountId: idOfBytes('acc', payload.subarray(0, 16)),
    invoiceId: idOfBytes('inv', payload.subarray(16, 32)),
    expiresAt,
  };
};
