import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams';
import { S3Client } from '@aws-sdk/client-s3';
import { SQSClient } from '@aws-sdk/client-sqs';
import type { Context, SQSEvent } from 'aws-lambda';
import { actions } from '#functions/actions.ts';
import { type QueueName, queueNames, workers } from '#functions/workers.ts';
import { closeBrowser } from '#lib/documents/browser.ts';
import { startClock } from './clock.ts';
import { type Emulators, LOCAL_CREDENTIALS, startEmulators } from './emulators.ts';
import { startGateway } from './gateway.ts';
import { handlerOf } from './handler-of.ts';
import { publishMailEvents } from './mail-events.ts';
import { startQueuePoller } from './queue-poller.ts';
import { createBucket, createQueue, createTable } from './resources.ts';
import { localSecrets } from './secrets.ts';
import type { BatchAnswer } from './stream-delivery.ts';
import { startStreamPoller } from './stream-poller.ts';
import { LOCAL_STRIPE } from './stripe.ts';

/** The whole service on one machine: the very handlers that are deployed, on emulators of what they need. */
export type LocalService = {
  baseUrl: string;
  origin: string;
  emulators: Emulators;
  /** The environment that the handlers run with. */
  environment: Record<string, string>;
  /** Resolves when the stream's readers have dealt with all that was written before. */
  streamIdle(): Promise<void>;
  stop(): Promise<void>;
};

const region = 'eu-west-1';
const tableName = 'quittance';
const bucket = 'quittance-documents';
const queueOf = (name: QueueName): string => `quittance-${name}`;
const visibilitySeconds: Record<QueueName, number> = {
  render: 120,
  email: 70,
  cleanup: 70,
  export: 120,
  'mail-events': 30,
};
/** What a schedule starts runs ten times as often here. */
const secondsBetweenRuns = (everyMinutes: number): number => everyMinutes * 6;
/** An origin whose pages may call the API, as a front end under development would. */
const origin = 'http://localhost:5173';

const environmentOf = (emulators: Emulators, dataDir: string | undefined): Record<string, string> => {
  const { endpoints, queueUrl } = emulators;
  return {
    AWS_REGION: region,
    AWS_ACCESS_KEY_ID: LOCAL_CREDENTIALS.accessKeyId,
    AWS_SECRET_ACCESS_KEY: LOCAL_CREDENTIALS.secretAccessKey,
    AWS_ENDPOINT_URL_DYNAMODB: endpoints.dynamodb,
    AWS_ENDPOINT_URL_S3: endpoints.s3,
    AWS_ENDPOINT_URL_SQS: endpoints.sqs,
    AWS_ENDPOINT_URL_SES: endpoints.ses,
    TABLE_NAME: tableName,
    DOCUMENTS_BUCKET: bucket,
    S3_PATH_STYLE: 'true',
    RENDER_QUEUE_URL: queueUrl(queueOf('render')),
    EMAIL_QUEUE_URL: queueUrl(queueOf('email')),
    CLEANUP_QUEUE_URL: queueUrl(queueOf('cleanup')),
    SES_CONFIGURATION_SET: 'quittance-local',
    MAIL_FROM: 'quittance@localhost.example',
    EXPORT_QUEUE_URL: queueUrl(queueOf('export')),
    SECRETS: JSON.stringify(localSecrets(dataDir)),
    STRIPE_API_URL: endpoints.stripe,
    STRIPE_SECRETS: JSON.stringify(LOCAL_STRIPE),
    OIDC_ISSUER: endpoints.issuer,
    OIDC_AUDIENCE: 'quittance',
    OIDC_JWKS_URI: `${endpoints.issuer}/jwks`,
    ACCOUNT_CREATORS: 'anyone',
    ALLOWED_ORIGINS: origin,
    LINK_DOMAINS: '',
    POWERTOOLS_SERVICE_NAME: 'quittance',
    POWERTOOLS_LOG_LEVEL: process.env.POWERTOOLS_LOG_LEVEL ?? 'WARN',
  };
};

const createResources = async (): Promise<void> => {
  const arnOf = (name: string): string => `arn:aws:sqs:us-east-1:000000000000:${name}`;
  const sqs = new SQSClient({});
  await Promise.all([
    createTable(new DynamoDBClient({}), tableName),
    createBucket(new S3Client({ forcePathStyle: true }), bucket),
    ...queueNames.map((name) => createQueue(sqs, queueOf(name), arnOf, visibilitySeconds[name])),
  ]);
};

/** Told when a function has run, and may have written something. */
type Hurry = { hurry: () => void };
/** The function, after which the stream is looked at. */
const hurrying =
  <E, C, R>(handler: (event: E, context: C) => Promise<R>, stream: Hurry) =>
  async (event: E, context: C): Promise<R> => {
    try {
      return await handler(event, context);
    } finally {
      stream.hurry();
    }
  };
const routes = (stream: Hurry) =>
  Promise.all(
    actions.map(async ({ name, method, path, folder }) => {
      const handler = await handlerOf(`#functions/${folder}/${name}.ts`);
      return { name, method, path, handler: method === 'GET' ? handler : hurrying(handler, stream) };
    }),
  );

const startWorkers = async (
  emulators: Emulators,
  dataDir: string | undefined,
  report: (where: string) => (error: unknown) => void,
) => {
  const loaded = await Promise.all(
    workers.map(async (worker) => ({
      ...worker,
      handler: await handlerOf(`#functions/workers/${worker.name}.ts`),
    })),
  );
  const stream = await startStreamPoller({
    client: new DynamoDBStreamsClient({ endpoint: emulators.endpoints.dynamodb }),
    source: { tableName },
    readers: loaded
      .filter(({ trigger }) => 'stream' in trigger)
      .map(({ name, handler, batchSize }) => ({ name, handler, batchSize })),
    ...(dataDir && { checkpoints: join(dataDir, 'streams') }),
    onFailed: (reader, _records, error) => report(`${reader} gave up on a record`)(error),
    onError: report('stream'),
  });
  const pollers = loaded.flatMap(({ name, trigger, handler, batchSize, timeoutSeconds }) =>
    'queue' in trigger
      ? startQueuePoller({
          client: new SQSClient({}),
          queueUrl: emulators.queueUrl(queueOf(trigger.queue)),
          ...{
            handler: hurrying<SQSEvent, Context, BatchAnswer | undefined>(handler, stream),
            name,
            batchSize,
          },
          ...{ budgetMs: timeoutSeconds * 1_000, onError: report(name) },
        })
      : [],
  );
  const clocks = loaded.flatMap(({ name, trigger, handler, timeoutSeconds }) =>
    'everyMinutes' in trigger
      ? startClock({
          ...{ name, handler: hurrying<unknown, Context, void>(handler, stream) },
          ...{ everySeconds: secondsBetweenRuns(trigger.everyMinutes), budgetMs: timeoutSeconds * 1_000 },
          onError: report(name),
        })
      : [],
  );
  return {
    idle: stream.idle,
    hurry: stream.hurry,
    stop: async () => {
      await Promise.all([
        ...clocks.map((clock) => clock.stop()),
        stream.stop(),
        ...pollers.map((poller) => poller.stop()),
      ]);
    },
  };
};

/**
 * Starts everything. With `dataDir` the data, the links and the tokens are found again at the next start; without it
 * nothing outlives `stop`. The environment of this process becomes that of the handlers.
 * @throws SetupError where this machine lacks something, in a sentence
 */
export const startService = async (options: {
  port: number;
  dataDir: string | undefined;
  progress: (line: string) => void;
}): Promise<LocalService> => {
  const { port, dataDir, progress } = options;
  const report = (where: string) => (error: unknown) =>
    console.error(`${where}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  const emulators = await startEmulators({ dataDir, progress });
  const stops: (() => Promise<void>)[] = [emulators.stop];
  const stop = async (): Promise<void> => {
    for (const one of stops.splice(0).reverse()) await one();
  };
  try {
    const environment = environmentOf(emulators, dataDir);
    Object.assign(process.env, environment);
    await createResources();
    let work: Awaited<ReturnType<typeof startWorkers>> | undefined;
    const fallback = await handlerOf('#functions/meta/default-route.ts');
    const gateway = await startGateway({
      port,
      routes: await routes({ hurry: () => work?.hurry() }),
      fallback,
      onError: (error, { routeKey }) => report(routeKey)(error),
    });
    stops.push(gateway.stop);
    environment.BASE_URL = gateway.baseUrl;
    process.env.BASE_URL = gateway.baseUrl;
    emulators.tellPayments(`${gateway.baseUrl}/webhooks/stripe`);
    progress('Gateway is up');
    stops.push(publishMailEvents(emulators, queueOf('mail-events'), report('mail events')));
    work = await startWorkers(emulators, dataDir, report);
    stops.push(closeBrowser, work.stop);
    progress('Workers are up');
    return { baseUrl: gateway.baseUrl, origin, emulators, environment, streamIdle: work.idle, stop };
  } catch (error) {
    await stop();
    throw error;
  }
};
