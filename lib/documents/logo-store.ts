import { createHash } from 'node:crypto';
import { type DocumentStore, longestLife } from './document-store.ts';
import type { Logo } from './html/letterhead.tsx';

/**
 * Logos in the documents' bucket, under the hash of their content: an invoice that froze one goes on showing it
 * whatever the account's logo is by now (LIFE-4). None is ever removed.
 */

const extensions = { 'image/png': 'png', 'image/jpeg': 'jpg' } as const satisfies Record<
  Logo['mediaType'],
  string
>;
const mediaTypeOf = (key: string): Logo['mediaType'] => (key.endsWith('.png') ? 'image/png' : 'image/jpeg');

/** The key that a logo of the account has: the same bytes have the same one. */
export const logoKeyOf = (accountId: string, { mediaType, bytes }: Logo): string =>
  `logos/${accountId}/${createHash('sha256').update(bytes).digest('hex')}.${extensions[mediaType]}`;

/** Keeps a logo for good. */
export const keepLogo = (store: DocumentStore, key: string, { mediaType, bytes }: Logo): Promise<void> =>
  store.put(key, bytes, mediaType);

/** The logo that a seller's details name, if any: the account's, or as an invoice froze it. */
export const readLogo = async (
  store: DocumentStore,
  seller: { logoKey?: string | undefined } | undefined,
): Promise<Logo | undefined> => {
  const key = seller?.logoKey;
  const bytes = key === undefined ? undefined : await store.get(key);
  return key === undefined || bytes === undefined ? undefined : { mediaType: mediaTypeOf(key), bytes };
};

/** A signed address of the logo, for five minutes; null without one. */
export const logoAddress = async (store: DocumentStore, key: string | undefined): Promise<string | null> => {
  if (key === undefined) return null;
  const mediaType = mediaTypeOf(key);
  return store.signedUrl(key, {
    seconds: longestLife,
    fileName: `logo.${extensions[mediaType]}`,
    mediaType,
  });
};

/** The logo as a `data:` address, which a page holds in itself. */
export const dataAddress = ({ mediaType, bytes }: Logo): string =>
  `data:${mediaType};base64,${Buffer.from(bytes).toString('base64')}`;
