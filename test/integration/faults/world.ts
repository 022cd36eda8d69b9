import type { DynamoDBRecord } from 'aws-lambda';
import { afterAll, beforeAll, vi } from 'vitest';
import type { Client } from '#test/support/account.ts';
import { type FaultProxy, startFaultProxy } from '#test/support/fault-proxy.ts';
import { type FaultSchedule, faultSchedule } from '#test/support/fault-schedule.ts';
import { type OwnService, startOwnService } from '#test/support/in-process.ts';
import { type ScriptedProvider, startProvider } from '#test/support/online-in-process.ts';
import { type Answer, service } from '#test/support/service.ts';

/** The functions in this process, with a proxy between them and all of AWS, and a provider that can fail too. */
export type World = {
  own: OwnService;
  provider: ScriptedProvider;
  /** The schedule by which things go wrong from now on. */
  begin: (schedule: FaultSchedule) => void;
};

const none = faultSchedule(0, 0);

/** The world of a test file: there before its tests, ended after them. */
export const worldOfFile = (): (() => World) => {
  let world: World;
  let proxy: FaultProxy;
  let schedule = none;
  beforeAll(async () => {
    const own = await startOwnService();
    const { environment } = service();
    const at = (name: string): string => environment[`AWS_ENDPOINT_URL_${name}`] as string;
    proxy = await startFaultProxy(
      { dynamodb: at('DYNAMODB'), s3: at('S3'), sqs: at('SQS'), ses: at('SES') },
      (...request) => schedule.choose(...request),
    );
    for (const [name, endpoint] of Object.entries(proxy.endpointOf))
      process.env[`AWS_ENDPOINT_URL_${name.toUpperCase()}`] = endpoint;
    for (const name of ['RENDER', 'EMAIL', 'CLEANUP', 'EXPORT'])
      process.env[`${name}_QUEUE_URL`] = process.env[`${name}_QUEUE_URL`]?.replace(
        at('SQS').replace(/\/$/, ''),
        proxy.endpointOf.sqs,
      );
    const provider = await startProvider(own.clientWith('nobody'));
    provider.meddle(async (_method, path) => {
      const fault = schedule.choose('dynamodb', path);
      if (fault === undefined || fault === 'delay') return undefined;
      return fault === 'lost' || fault === 'die after' || fault === 'twice' ? 'lost' : 'down';
    });
    world = {
      ...{ own, provider },
      begin: (next) => {
        schedule = next;
      },
    };
  });
  afterAll(async () => {
    schedule = none;
    await world.provider.stop();
    await world.own.stop();
    await proxy.stop();
  });
  return () => world;
};

/** A client that asks again, with the same key, until it has an answer that is one. */
export const insisting = (client: Client, schedule: FaultSchedule): Client => {
  let asked = 0;
  const insist = async (send: (headers: Record<string, string>) => Promise<Answer>): Promise<Answer> => {
    asked += 1;
    const headers = { 'idempotency-key': `${Date.now()}-${asked}` };
    for (let tries = 1; ; tries++) {
      const answer = await schedule.under(() => send(headers));
      const { status, body } = answer;
      const again = status >= 500 || status === 429 || body?.code === 'request_in_progress';
      if (!again) return answer;
      if (tries === 40) throw new Error(`no answer: ${status} ${answer.text}`);
    }
  };
  return {
    get: (path) => insist(() => client.get(path)),
    post: (path, body, call) =>
      insist((headers) => client.post(path, body, { ...call, headers: { ...headers, ...call?.headers } })),
    patch: (path, body) => insist(() => client.patch(path, body)),
    put: (path, body) => insist(() => client.put(path, body)),
    delete: (path) => insist(() => client.delete(path)),
  };
};

/** So many minutes later: leases have run out of those who died while they had one. */
const later = async <T>(minutes: number, run: () => Promise<T>): Promise<T> => {
  if (minutes === 0) return run();
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + minutes * 60_000 });
  try {
    return await run();
  } finally {
    vi.useRealTimers();
  }
};

type Message = { body: string; received: number };
const handedOutAtMost = 3;

/** The workers of an account, as Lambda calls them: what failed comes again, and what did not may too. */
export const workersOf = ({ own }: World, schedule: FaultSchedule, accountId: string) => {
  const { random, under } = schedule;
  const read: Record<string, number> = { 'record-history': 0, 'relay-outbox': 0 };
  const waiting = { render: [], email: [], cleanup: [], export: [] } as Record<
    'render' | 'email' | 'cleanup' | 'export',
    Message[]
  >;
  const workers = { render: 'render-pdf', email: 'send-email', cleanup: 'clean-up', export: 'run-export' };

  /** A shard is read in order: what failed, and all behind it, comes again. Some of what is done comes again too. */
  const stream = async (worker: 'record-history' | 'relay-outbox'): Promise<boolean> => {
    const all = await own.records(accountId);
    const from = Math.max(0, (read[worker] ?? 0) - (random() < 0.2 ? 3 : 0));
    const batch: DynamoDBRecord[] = all.slice(from, from + 1 + Math.floor(random() * 20));
    const failed = await under(() => own.stream(worker, batch)).catch(() => undefined);
    const first = batch.findIndex(({ dynamodb }) => failed?.includes(dynamodb?.SequenceNumber ?? ''));
    const done = failed === undefined ? 0 : first < 0 ? batch.length : first;
    read[worker] = Math.max(read[worker] ?? 0, from + done);
    return (read[worker] ?? 0) < all.length;
  };
  const queue = async (name: keyof typeof waiting): Promise<boolean> => {
    waiting[name].push(...(await own.take(name, accountId)).map((body) => ({ body, received: 0 })));
    for (const message of waiting[name].splice(0)) {
      // One that comes to a dead end is redriven, and counts from the start.
      message.received = (message.received % handedOutAtMost) + 1;
      const { body, received } = message;
      const failed = await under(() => own.queue(workers[name], [body], received)).catch(() => 1);
      // At least once: now and then it comes although it was done.
      if (failed > 0 || random() < 0.1) waiting[name].push(message);
    }
    return waiting[name].length > 0;
  };
  /** One round of everything; answers whether something is left. */
  const round = async (): Promise<boolean> => {
    const left = [await stream('record-history'), await stream('relay-outbox')];
    for (const name of Object.keys(waiting) as (keyof typeof waiting)[]) left.push(await queue(name));
    return left.some(Boolean);
  };
  return {
    round,
    /** Until nothing is left to do. */
    settle: async (): Promise<void> => {
      for (let rounds = 0; await later(2 * Math.max(0, rounds - 7), round); rounds++)
        if (rounds > 60) throw new Error('the work does not end');
    },
  };
};
