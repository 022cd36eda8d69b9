import * as z from 'zod';
import { fromEnvironment, once } from './environment.ts';

/** What a deployment says of itself. */
export const deployment = once(() => {
  const environment = fromEnvironment(
    z.object({
      /** Address of the API, without a slash at the end. */
      BASE_URL: z.url(),
      /** Origins of browser clients, separated by commas (API-7). */
      ALLOWED_ORIGINS: z.string().default(''),
      /** Domains that buyers' links may have besides the API's own, separated by commas. */
      LINK_DOMAINS: z.string().default(''),
    }),
  );
  const list = (text: string): string[] => text.split(',').filter((entry) => entry !== '');
  return {
    baseUrl: environment.BASE_URL.replace(/\/$/, ''),
    allowedOrigins: list(environment.ALLOWED_ORIGINS),
    linkDomains: list(environment.LINK_DOMAINS),
  };
});

/** Where buyers' links begin: at the domain that the account chose, while the deployment serves it, else at the API's. */
export const linkBaseUrl = ({ linkDomain }: { linkDomain?: string | undefined }): string => {
  const { baseUrl, linkDomains } = deployment();
  return linkDomain !== undefined && linkDomains.includes(linkDomain) ? `https://${linkDomain}` : baseUrl;
};
