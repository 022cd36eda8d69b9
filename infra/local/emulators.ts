import { join } from 'node:path';
import { startDynamoDb } from './dynamodb.ts';
import { type LocalIssuer, startIssuer, type TokenClaims } from './oidc.ts';
import { choosePorts } from './ports.ts';
import { startS3 } from './s3.ts';
import { type LocalSes, startSes } from './ses.ts';
import { type LocalSqs, startSqs } from './sqs.ts';
import { type LocalStripe, startStripe } from './stripe.ts';

export { LOCAL_CREDENTIALS } from './s3-signature.ts';

/** Each has a port of its own. */
export const EMULATORS = ['dynamodb', 's3', 'sqs', 'ses', 'issuer', 'stripe'] as const;

export interface Emulators {
  /** All of them `http://127.0.0.1:<port>`; the mailbox is a page for people. */
  readonly endpoints: Record<(typeof EMULATORS)[number] | 'mailbox', string>;
  issueToken(claims: TokenClaims): Promise<string>;
  queueUrl: LocalSqs['queueUrl'];
  /** Calls back for each e-mail that the local SES has taken; answers how to stop that. */
  onMail: LocalSes['onAccepted'];
  /** Where the local Stripe's messages go. */
  tellPayments: LocalStripe['tell'];
  stop(): Promise<void>;
}

/**
 * Starts everything that AWS and an identity provider would be, on free ports. With `dataDir` data, keys and
 * ports are found again at the next start; without it nothing on disk outlives `stop`.
 *
 * @throws SetupError if this machine lacks something
 */
export async function startEmulators(options: {
  dataDir: string | undefined;
  progress: (line: string) => void;
}): Promise<Emulators> {
  const { dataDir, progress } = options;
  const ports = await choosePorts(EMULATORS, dataDir);
  const folder = (name: string) => dataDir && join(dataDir, name);
  const started: { stop(): Promise<void> }[] = [];
  const stop = async () => {
    await Promise.all(started.splice(0).map((one) => one.stop()));
  };
  const start = async <T extends { stop(): Promise<void> }>(name: string, starting: Promise<T>) => {
    const one = await starting;
    started.push(one);
    progress(`${name} is up`);
    return one;
  };
  const starts = [
    start('DynamoDB', startDynamoDb({ port: ports.dynamodb, dataDir: folder('dynamodb') })),
    start('S3', startS3({ port: ports.s3, dataDir: folder('s3') })),
    start('SQS', startSqs({ port: ports.sqs, dataDir: folder('sqs') })),
    start('SES', startSes({ port: ports.ses, dataDir: folder('mail') })),
    start<LocalIssuer>('OIDC', startIssuer({ port: ports.issuer, dataDir })),
    start('Stripe', startStripe({ port: ports.stripe, dataDir: folder('stripe') })),
  ] as const;
  try {
    const [dynamodb, s3, sqs, ses, oidc, stripe] = await Promise.all(starts);
    return {
      endpoints: {
        dynamodb: dynamodb.endpoint,
        s3: s3.endpoint,
        sqs: sqs.endpoint,
        ses: ses.endpoint,
        issuer: oidc.issuer,
        mailbox: ses.endpoint,
        stripe: stripe.endpoint,
      },
      issueToken: oidc.issueToken,
      queueUrl: sqs.queueUrl,
      onMail: ses.onAccepted,
      tellPayments: stripe.tell,
      stop,
    };
  } catch (error) {
    await Promise.allSettled(starts); // what is still on its way up has to be stopped too
    await stop();
    throw error;
  }
}
