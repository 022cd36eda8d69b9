import { sealIds, unsealIds } from './sealed.ts';
import type { Secrets } from './secrets.ts';

/** The token of an export's mailed link: version of the secret, account and export, sealed (EXP-4). */
export type ExportLink = { accountId: string; exportId: string };

const purpose = 'export-link';

/** The token in base64url, 71 characters. */
export const exportToken = ({ accountId, exportId }: ExportLink, { links }: Secrets): string =>
  sealIds(purpose, [accountId, exportId], links);

/** The ids that a token names, or undefined if it is malformed, forged or of a retired secret. */
export const readExportToken = (token: string, { links }: Secrets): ExportLink | undefined => {
  const ids = unsealIds(purpose, token, ['acc', 'exp'] as const, links);
  if (ids === undefined) return undefined;
  const [accountId, exportId] = ids;
  return { accountId, exportId };
};
