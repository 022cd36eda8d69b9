import { SESClient } from '@aws-sdk/client-ses';
import * as z from 'zod';
import { fromEnvironment, once } from './environment.ts';

/**
 * The e-mail provider. The SDK's own repeats are off: a lost answer may stand for an e-mail that went out, and a
 * second attempt would send it twice (SEND-11).
 */
export const mail = once(() => {
  const environment = fromEnvironment(
    z.object({ MAIL_FROM: z.email(), SES_CONFIGURATION_SET: z.string().optional() }),
  );
  return {
    client: new SESClient({ maxAttempts: 1 }),
    configurationSet: environment.SES_CONFIGURATION_SET,
    /** The deployment's own address, for e-mails that no account sends. */
    ownAddress: environment.MAIL_FROM,
  };
});
