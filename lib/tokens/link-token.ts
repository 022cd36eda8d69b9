import { sealIds, unsealIds } from './sealed.ts';
import type { Secrets } from './secrets.ts';

/** The token of a buyer's link: version of the secret and the three ids, sealed (LINK-2). */
export type LinkIds = { accountId: string; invoiceId: string; linkId: string };

const purpose = 'invoice-link';

/** The token in base64url, 92 characters. */
export const linkToken = (ids: LinkIds, secrets: Secrets['links']): string =>
  sealIds(purpose, [ids.accountId, ids.invoiceId, ids.linkId], secrets);

/** The ids that a token names, or undefined if it is malformed, forged or of a retired secret. */
export const readLinkToken = (token: string, secrets: Secrets['links']): LinkIds | undefined => {
  const ids = unsealIds(purpose, token, ['acc', 'inv', 'lnk'] as const, secrets);
  if (ids === undefined) return undefined;
  const [accountId, invoiceId, linkId] = ids;
  return { accountId, invoiceId, linkId };
};
