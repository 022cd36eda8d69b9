import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import * as z from 'zod';
import { type Secrets, secretsSchema } from '#lib/tokens/secrets.ts';
import { fromEnvironment, once } from './environment.ts';

const minutesKept = 5;
const client = once(() => new SecretsManagerClient({}));

/** Reads a secret, and again after five minutes, so that a rotation is taken up. A failure is not kept. */
const keeping = <T>(parse: (text: string | undefined) => T): ((arn: string) => Promise<T>) => {
  let kept: { until: number; value: Promise<T> } | undefined;
  const read = async (arn: string): Promise<T> => {
    const { SecretString } = await client().send(new GetSecretValueCommand({ SecretId: arn }));
    return parse(SecretString);
  };
  return (arn) => {
    if (kept === undefined || kept.until < Date.now()) {
      kept = { until: Date.now() + minutesKept * 60_000, value: read(arn) };
      kept.value.catch(() => {
        kept = undefined;
      });
    }
    return kept.value;
  };
};

const environment = z.union([z.object({ SECRETS: z.string() }), z.object({ SECRETS_ARN: z.string() })]);
const kept = keeping((text) => secretsSchema.parse(JSON.parse(text ?? '')));

/** The secrets behind links and cursors. */
export const secrets = async (): Promise<Secrets> => {
  const settings = fromEnvironment(environment);
  return 'SECRETS' in settings
    ? secretsSchema.parse(JSON.parse(settings.SECRETS))
    : kept(settings.SECRETS_ARN);
};

const stripe = z.object({ secretKey: z.string().min(1), webhookSecrets: z.array(z.string().min(1)) });
const stripeEnvironment = z.object({
  STRIPE_SECRETS: z.string().optional(),
  STRIPE_SECRETS_ARN: z.string().optional(),
});
const keptStripe = keeping((text) => stripe.safeParse(JSON.parse(text ?? '{}')).data);

/** Keys of the deployment's Stripe account; undefined until somebody has put them in. */
export const stripeSecrets = async (): Promise<z.infer<typeof stripe> | undefined> => {
  const { STRIPE_SECRETS, STRIPE_SECRETS_ARN } = fromEnvironment(stripeEnvironment);
  if (STRIPE_SECRETS !== undefined) return stripe.parse(JSON.parse(STRIPE_SECRETS));
  return STRIPE_SECRETS_ARN === undefined ? undefined : keptStripe(STRIPE_SECRETS_ARN);
};
