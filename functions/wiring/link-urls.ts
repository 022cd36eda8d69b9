import { linkToken } from '#lib/tokens/link-token.ts';
import { linkBaseUrl } from './deployment.ts';
import { secrets } from './secrets.ts';

/** How the links of an account's invoices are written. */
export const linkUrls = async (account: { linkDomain?: string | undefined }) => {
  const { links } = await secrets();
  const baseUrl = linkBaseUrl(account);
  return (ids: { accountId: string; invoiceId: string; linkId: string }, slug: string): string => {
    const { accountId, invoiceId, linkId } = ids;
    return `${baseUrl}/i/${linkToken({ accountId, invoiceId, linkId }, links)}/${slug}`;
  };
};
