import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Secrets } from './secrets.ts';
import { bytesOfId, idOfBytes } from './ulid-bytes.ts';

/**
 * What the addresses that we give out are made of: bytes, and 160 bits of an HMAC-SHA-256 over them, in base64url.
 * Nothing in the table makes one, and each can be made again at will (LINK-2). A purpose keeps the tokens of one kind
 * from being read as those of another.
 */
type LinkSecrets = Secrets['links'];

const macBytes = 20;
const idBytes = 16;

const macOf = (purpose: string, secret: string, payload: Uint8Array): Buffer =>
  createHmac('sha256', Buffer.from(secret, 'base64'))
    .update(purpose)
    .update(payload)
    .digest()
    .subarray(0, macBytes);

/** The token of a payload, by the current secret. */
export const seal = (purpose: string, payload: Uint8Array, { current, secrets }: LinkSecrets): string => {
  const secret = secrets[current];
  if (secret === undefined) throw new Error(`no link secret of version ${current}`);
  return Buffer.concat([payload, macOf(purpose, secret, payload)]).toString('base64url');
};

/**
 * The payload of a token, `length` bytes, or undefined if it is malformed, or sealed by none of the secrets that
 * `secretsOf` it gives.
 */
export const unseal = (
  purpose: string,
  token: string,
  length: number,
  secretsOf: (payload: Buffer) => readonly (string | undefined)[],
): Buffer | undefined => {
  const bytes = Buffer.from(token, 'base64url');
  if (bytes.length !== length + macBytes || bytes.toString('base64url') !== token) return undefined;
  const payload = bytes.subarray(0, length);
  const mac = bytes.subarray(length);
  const isOurs = secretsOf(payload).some(
    (secret) => secret !== undefined && timingSafeEqual(macOf(purpose, secret, payload), mac),
  );
  return isOurs ? payload : undefined;
};

/** The token of some ids, which names the version of its secret, so that retiring that version ends it. */
export const sealIds = (purpose: string, ids: readonly string[], secrets: LinkSecrets): string =>
  seal(purpose, Buffer.concat([Buffer.from([secrets.current]), ...ids.map(bytesOfId)]), secrets);

/** The ids that a token names, by their prefixes, or undefined if it is malformed, forged or of a retired secret. */
export const unsealIds = <Prefixes extends readonly string[]>(
  purpose: string,
  token: string,
  prefixes: Prefixes,
  { secrets }: LinkSecrets,
): { [Place in keyof Prefixes]: string } | undefined => {
  const payload = unseal(purpose, token, 1 + prefixes.length * idBytes, ([version]) => [
    secrets[String(version)],
  ]);
  return payload && (prefixes.map((prefix, place) => idAt(prefix, payload, 1 + place * idBytes)) as never);
};

/** The id whose bytes begin at a place of a payload. */
export const idAt = (prefix: string, payload: Buffer, begin: number): string =>
  idOfBytes(prefix, payload.subarray(begin, begin + idBytes));
