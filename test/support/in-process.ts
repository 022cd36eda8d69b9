import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams';
import type { DynamoDBRecord } from 'aws-lambda';
import { actions } from '#functions/actions.ts';
import { table } from '#functions/wiring/table.ts';
import { handlerOf } from '#infra/local/handler-of.ts';
import { toHttpAnswer, toHttpEvent } from '#infra/local/http-event.ts';
import { lambdaContext } from '#infra/local/lambda-context.ts';
import { createTable } from '#infra/local/resources.ts';
import { createRouter } from '#infra/local/routes.ts';
import { startStreamPoller } from '#infra/local/stream-poller.ts';
import type { Client } from './account.ts';
import { newQueue } from './queue.ts';
import { proveSender } from './sender.ts';
import { type Answer, type Call, type Json, service, token } from './service.ts';

/**
 * The very handlers in the test's own process, on a table and queues of their own: no worker runs but when the test
 * says so, and every call that they make to AWS can be met (see crash.ts).
 */
export type OwnService = {
  /** A client with credentials; `budgetMs` is the time that a call has by its context. */
  clientWith: (credential: string, budgetMs?: number) => Client;
  /** A new account and its super admin, whose address is proved. */
  newAccount: (given?: Record<string, unknown>) => Promise<{ id: string; admin: Client; adminToken: string }>;
  /** The stream's records of an account's items so far, in order, as Lambda delivers them. */
  records: (accountId: string) => Promise<DynamoDBRecord[]>;
  /** Hands records to a worker on the stream, or bodies to one on a queue. Answers how many were given back. */
  stream: (worker: string, records: readonly DynamoDBRecord[]) => Promise<string[]>;
  queue: (worker: string, bodies: readonly string[], timesReceived?: number) => Promise<number>;
  /** Runs a worker that the clock wakes. */
  clock: (worker: string) => Promise<void>;
  /** Takes all messages off a queue that name the account. */
  take: (queue: 'render' | 'email' | 'cleanup' | 'export', accountId: string) => Promise<string[]>;
  stop: () => Promise<void>;
};

const match = createRouter(actions);
const generousMs = 29_000;

const send = async (method: string, path: string, options: Call, budgetMs: number): Promise<Answer> => {
  const { body, headers = {}, raw } = options;
  const payload = raw ?? (body === undefined ? '' : JSON.stringify(body));
  const url = new URL(path, 'http://in.process');
  const found = match(method, url.pathname);
  if (found === undefined) throw new Error(`no route ${method} ${path}`);
  const sent = { ...(payload !== '' && { 'content-type': 'application/json' }), ...headers };
  const event = toHttpEvent(
    {
      ...{ method, url: `${url.pathname}${url.search}`, httpVersion: '1.1', sourceIp: '127.0.0.1' },
      rawHeaders: Object.entries(sent).flat(),
      body: Buffer.from(payload),
      receivedAt: new Date(),
    },
    {
      routeKey: `${method} ${found.route.path}`,
      path: url.pathname,
      pathParameters: found.pathParameters,
    },
  );
  const { folder, name } = found.route;
  const handler = await handlerOf(`#functions/${folder}/${name}.ts`);
  const answer = toHttpAnswer(await handler(event, lambdaContext(name, budgetMs)));
  const text = answer.body.toString();
  const responseHeaders = new Headers(answer.headers);
  const isJson = text !== '' && (responseHeaders.get('content-type')?.includes('json') ?? false);
  return {
    ...{ status: answer.statusCode, headers: responseHeaders, text },
    body: isJson ? JSON.parse(text) : undefined,
  };
};

const clientWith = (credential: string, budgetMs = generousMs): Client => {
  const as = (method: string, path: string, options: Call = {}) => {
    const headers = { authorization: `Bearer ${credential}`, ...options.headers };
    return send(method, path, { ...options, headers }, budgetMs);
  };
  return {
    get: (path, options) => as('GET', path, options),
    post: (path, body, options) => as('POST', path, { ...options, body }),
    patch: (path, body, options) => as('PATCH', path, { ...options, body }),
    put: (path, body, options) => as('PUT', path, { ...options, body }),
    delete: (path, options) => as('DELETE', path, options),
  };
};

let founders = 0;
const newAccount: OwnService['newAccount'] = async (given = {}) => {
  founders += 1;
  const email = `founder-${process.pid}-${Date.now()}-${founders}@example.com`;
  const adminToken = await token({ sub: email, email, email_verified: true, name: 'Alex Founder' });
  const admin = clientWith(adminToken);
  const answer = await admin.post('/v1/accounts', {
    ...{ name: 'Atelier Nord', country: 'FR', currency: 'EUR', timeZone: 'Europe/Paris' },
    ...given,
  });
  if (answer.status !== 201) throw new Error(`${answer.status} ${answer.text}`);
  const { id } = answer.body as Json;
  await proveSender(table(), id, email);
  return { id, admin, adminToken };
};

const inStream: OwnService['stream'] = async (worker, records) => {
  const handler = await handlerOf(`#functions/workers/${worker}.ts`);
  const answer = await handler({ Records: structuredClone(records) }, lambdaContext(worker, 60_000));
  return answer.batchItemFailures.map((failure: { itemIdentifier: string }) => failure.itemIdentifier);
};

const onQueue: OwnService['queue'] = async (worker, bodies, timesReceived = 1) => {
  const handler = await handlerOf(`#functions/workers/${worker}.ts`);
  const Records = bodies.map((body, index) => ({
    ...{ messageId: String(index), body, eventSource: 'aws:sqs' },
    attributes: { ApproximateReceiveCount: String(timesReceived) },
  }));
  return (await handler({ Records }, lambdaContext(worker, 60_000))).batchItemFailures.length;
};

const byClock: OwnService['clock'] = async (worker) => {
  const handler = await handlerOf(`#functions/workers/${worker}.ts`);
  await handler({}, lambdaContext(worker, 60_000));
};

let tables = 0;
/** Starts it, on the emulators of the shared service. One at a time in a process: the environment is its own. */
export const startOwnService = async (): Promise<OwnService> => {
  tables += 1;
  const name = `quittance-${process.pid}-${Date.now()}-${tables}`;
  Object.assign(process.env, service().environment, { TABLE_NAME: name, POWERTOOLS_LOG_LEVEL: 'SILENT' });
  const [render, email, cleanUp, exporting] = await Promise.all([
    newQueue(`${name}-render`),
    newQueue(`${name}-email`),
    newQueue(`${name}-cleanup`),
    newQueue(`${name}-export`),
  ]);
  Object.assign(process.env, {
    ...{ RENDER_QUEUE_URL: render.url, EMAIL_QUEUE_URL: email.url, CLEANUP_QUEUE_URL: cleanUp.url },
    EXPORT_QUEUE_URL: exporting.url,
  });
  await createTable(new DynamoDBClient({}), name);
  const all: DynamoDBRecord[] = [];
  const poller = await startStreamPoller({
    client: new DynamoDBStreamsClient({
      endpoint: service().environment.AWS_ENDPOINT_URL_DYNAMODB as string,
    }),
    source: { tableName: name },
    readers: [{ name: 'test', handler: async ({ Records }) => void all.push(...Records) }],
    onFailed: (_reader, _records, error) => {
      throw error;
    },
  });
  const queues = { render, email, cleanup: cleanUp, export: exporting };
  const take: OwnService['take'] = (queue, accountId) => queues[queue].take(accountId);
  const records: OwnService['records'] = async (accountId) => {
    await poller.idle();
    return all.filter(({ dynamodb }) => dynamodb?.Keys?.pk?.S?.startsWith(`A#${accountId}`));
  };
  return {
    clientWith,
    newAccount,
    records,
    stream: inStream,
    queue: onQueue,
    clock: byClock,
    take,
    stop: poller.stop,
  };
};
