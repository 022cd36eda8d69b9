import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Secrets } from './secrets.ts';
import { bytesOfId, idOfBytes } from './ulid-bytes.ts';

/**
 * The token of an export's mailed link (EXP-4): version of the secret, account, export, and 160 bits of an HMAC-SHA-256
 * over them. Nothing in the table makes one.
 */
export type ExportLink = { accountId: string; exportId: string };

const macBytes = 20;
const tokenBytes = 1 + 16 + 16 + macBytes;

const macOf = (secret: string, payload: Uint8Array): Buffer =>
  createHmac('sha256', Buffer.from(secret, 'base64'))
    .update('export-link')
    .update(payload)
    .digest()
    .subarray(0, macBytes);

/** The token in base64url, 71 characters. */
export const exportToken = ({ accountId, exportId }: ExportLink, { links }: Secrets): string => {
  const secret = links.secrets[links.current];
  if (secret === undefined) throw new Error(`no link secret of version ${links.current}`);
  const payload = Buffer.concat([Buffer.from([links.current]), bytesOfId(accountId), bytesOfId(exportId)]);
  return Buffer.concat([payload, macOf(secret, payload)]).toString('base64url');
};

/** The ids that a token names, or undefined if it is malformed, forged or of a retired secret. */
export const readExportToken = (token: string, { links }: Secrets): ExportLink | undefined => {
  const bytes = Buffer.from(token, 'base64url');
  if (bytes.length !== tokenBytes || bytes.toString('base64url') !== token) return undefined;
  const secret = links.secrets[String(bytes[0])];
  const payload = bytes.subarray(0, tokenBytes - macBytes);
  if (secret === undefined || !timingSafeEqual(macOf(secret, payload), bytes.subarray(tokenBytes - macBytes)))
    return undefined;
  return {
    accountId: idOfBytes('acc', payload.subarray(1, 17)),
    exportId: idOfBytes('exp', payload.subarray(17, 33)),
  };
};
