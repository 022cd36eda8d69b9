import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import * as z from 'zod';
import { type Secrets, secretsSchema } from '#lib/tokens/secrets.ts';
import { fromEnvironment, once } from './environment.ts';

const environment = z.union([z.object({ SECRETS: z.string() }), z.object({ SECRETS_ARN: z.string() })]);
const minutesKept = 5;

const client = once(() => new SecretsManagerClient({}));
let kept: { until: number; secrets: Promise<Secrets> } | undefined;

const read = async (arn: string): Promise<Secrets> => {
  const { SecretString } = await client().send(new GetSecretValueCommand({ SecretId: arn }));
  return secretsSchema.parse(JSON.parse(SecretString ?? ''));
};

/** The secrets behind links and cursors; read again after five minutes, so that a rotation is taken up. */
export const secrets = async (): Promise<Secrets> => {
  const settings = fromEnvironment(environment);
  if ('SECRETS' in settings) return secretsSchema.parse(JSON.parse(settings.SECRETS));
  if (kept === undefined || kept.until < Date.now()) {
    kept = { until: Date.now() + minutesKept * 60_000, secrets: read(settings.SECRETS_ARN) };
    kept.secrets.catch(() => {
      kept = undefined;
    });
  }
  return kept.secrets;
};

const stripe = z.object({ secretKey: z.string().min(1), webhookSecrets: z.array(z.string().min(1)) });
const stripeEnvironment = z.object({
  STRIPE_SECRETS: z.string().optional(),
  STRIPE_SECRETS_ARN: z.string().optional(),
});
type StripeSecrets = z.infer<typeof stripe>;
let keptStripe: { until: number; secrets: Promise<StripeSecrets | undefined> } | undefined;

const readStripe = async (arn: string): Promise<StripeSecrets | undefined> => {
  const { SecretString } = await client().send(new GetSecretValueCommand({ SecretId: arn }));
  return stripe.safeParse(JSON.parse(SecretString ?? '{}')).data;
};

/** Keys of the deployment's Stripe account; undefined until somebody has put them in. */
export const stripeSecrets = async (): Promise<StripeSecrets | undefined> => {
  const { STRIPE_SECRETS, STRIPE_SECRETS_ARN } = fromEnvironment(stripeEnvironment);
  if (STRIPE_SECRETS !== undefined) return stripe.parse(JSON.parse(STRIPE_SECRETS));
  if (STRIPE_SECRETS_ARN === undefined) return undefined;
  if (keptStripe === undefined || keptStripe.until < Date.now()) {
    keptStripe = { until: Date.now() + minutesKept * 60_000, secrets: readStripe(STRIPE_SECRETS_ARN) };
    keptStripe.secrets.catch(() => {
      keptStripe = undefined;
    });
  }
  return keptStripe.secrets;
};
