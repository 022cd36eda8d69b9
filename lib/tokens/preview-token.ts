import { idAt, seal, unseal } from './sealed.ts';
import type { Secrets } from './secrets.ts';
import { bytesOfId } from './ulid-bytes.ts';

/** The token of a preview: account, invoice and when it ends, sealed (LIFE-10). */
export type Preview = { accountId: string; invoiceId: string /** Seconds since 1970. */; expiresAt: number };

const purpose = 'preview';
const payloadBytes = 16 + 16 + 4;

/** The token in base64url, 75 characters. */
export const previewToken = ({ accountId, invoiceId, expiresAt }: Preview, { links }: Secrets): string => {
  const end = Buffer.alloc(4);
  end.writeUInt32BE(expiresAt);
  return seal(purpose, Buffer.concat([bytesOfId(accountId), bytesOfId(invoiceId), end]), links);
};

/** What a token shows, or undefined if it is malformed, forged, or over at `now` (seconds since 1970). */
export const readPreviewToken = (token: string, { links }: Secrets, now: number): Preview | undefined => {
  const payload = unseal(purpose, token, payloadBytes, () => Object.values(links.secrets));
  if (payload === undefined) return undefined;
  const expiresAt = payload.readUInt32BE(32);
  if (expiresAt <= now) return undefined;
  return { accountId: idAt('acc', payload, 0), invoiceId: idAt('inv', payload, 16), expiresAt };
};
