import { createRemoteJWKSet } from 'jose';
import * as z from 'zod';
import { fromEnvironment, once } from './environment.ts';

/** The OIDC issuer whose tokens are taken, and who may create accounts. */
export const identityProvider = once(() => {
  const environment = fromEnvironment(
    z.object({
      OIDC_ISSUER: z.url(),
      OIDC_AUDIENCE: z.string(),
      OIDC_JWKS_URI: z.url(),
      /** `anyone`, or verified e-mail addresses and domains (`@example.com`), separated by commas. */
      ACCOUNT_CREATORS: z.string().default('anyone'),
    }),
  );
  return {
    issuer: environment.OIDC_ISSUER,
    audience: environment.OIDC_AUDIENCE,
    keys: createRemoteJWKSet(new URL(environment.OIDC_JWKS_URI)),
    accountCreators: environment.ACCOUNT_CREATORS.split(',').map((entry) => entry.trim().toLowerCase()),
  };
});
