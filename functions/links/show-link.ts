import type * as z from 'zod';
import { shown } from '#functions/http/answer.ts';
import { linkBaseUrl } from '#functions/wiring/deployment.ts';
import { secrets } from '#functions/wiring/secrets.ts';
import type { Settings } from '#lib/domain/account/settings.ts';
import type { Link } from '#lib/domain/link.ts';
import { linkToken } from '#lib/tokens/link-token.ts';
import { linkAnswer } from './contract.ts';

/** Links as the API shows them; the addresses are made anew each time, with the present secret (LINK-2). */
export const showLinks = async (
  links: readonly Link[],
  account: Settings,
): Promise<z.output<typeof linkAnswer>[]> => {
  const { links: keys } = await secrets();
  const baseUrl = linkBaseUrl(account);
  return links.map((link) => {
    const { accountId, invoiceId, id: linkId, slug } = link;
    const url = `${baseUrl}/i/${linkToken({ accountId, invoiceId, linkId }, keys)}/${slug}`;
    return shown(linkAnswer, { ...link, url });
  });
};

/** One link as the API shows it. */
export const showLink = async (link: Link, account: Settings): Promise<z.output<typeof linkAnswer>> => {
  const [answer] = await showLinks([link], account);
  if (answer === undefined) throw new Error('no link was shown');
  return answer;
};
