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
