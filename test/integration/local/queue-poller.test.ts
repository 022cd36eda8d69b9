import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CreateQueueCommand,
  GetQueueAttributesCommand,
  SendMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import type { SQSEvent, SQSRecord } from 'aws-lambda';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { freePort, poll } from '#infra/local/loopback.ts';
import { type QueuePollerOptions, startQueuePoller } from '#infra/local/queue-poller.ts';
import { type LocalSqs, startSqs } from '#infra/local/sqs.ts';
import { sqsClient } from './clients.ts';

let sqs: LocalSqs;
let client: SQSClient;
beforeAll(async () => {
  sqs = await startSqs({ port: await freePort(), dataDir: undefined });
  client = sqsClient(sqs.endpoint);
});
afterAll(() => sqs.stop());

const running: { stop(): Promise<void> }[] = [];
afterEach(() => Promise.all(running.splice(0).map((poller) => poller.stop())));

let queues = 0;
async function createQueue(attributes: Record<string, string> = {}): Promise<string> {
  queues += 1;
  await client.send(
    new CreateQueueCommand({
      QueueName: `queue-${queues}`,
      Attributes: { VisibilityTimeout: '1', ...attributes },
    }),
  );
  return sqs.queueUrl(`queue-${queues}`);
}
const send = (queueUrl: string, body: string) =>
  client.send(
    new SendMessageCommand({
      QueueUrl: queueUrl,
      MessageBody: body,
      MessageAttributes: { kind: { DataType: 'String', StringValue: 'test' } },
    }),
  );

async function countOf(queueUrl: string): Promise<number> {
  const { Attributes } = await client.send(
    new GetQueueAttributesCommand({ QueueUrl: queueUrl, AttributeNames: ['All'] }),
  );
  return (
    Number(Attributes?.ApproximateNumberOfMessages) +
    Number(Attributes?.ApproximateNumberOfMessagesNotVisible)
  );
}
const untilEmpty = (queueUrl: string) => until(async () => (await countOf(queueUrl)) === 0);
const until = (attempt: () => Promise<boolean>) =>
  poll(attempt, { everyMs: 20, forMs: 20_000, giveUp: () => new Error('It did not come about.') });

function start(over: Partial<QueuePollerOptions> & Pick<QueuePollerOptions, 'queueUrl' | 'handler'>) {
  const poller = startQueuePoller({ client, ...over });
  running.push(poller);
  return poller;
}

describe('a queue', () => {
  it('gives its messages to the function as Lambda does, and forgets those that it processed', async () => {
    const queueUrl = await createQueue();
    const records: SQSRecord[] = [];
    start({
      queueUrl,
      handler: async (event: SQSEvent) => {
        records.push(...event.Records);
      },
    });
    await send(queueUrl, 'one');
    await send(queueUrl, 'two');
    await untilEmpty(queueUrl);
    expect(records.map((record) => record.body)).toEqual(['one', 'two']);
    expect(records[0]).toMatchObject({
      eventSource: 'aws:sqs',
      eventSourceARN: expect.stringMatching(/:queue-\d+$/),
      messageAttributes: { kind: { dataType: 'String', stringValue: 'test' } },
      attributes: { ApproximateReceiveCount: '1' },
    });
  });

  it('gives again what was named as failed, and nothing else', async () => {
    const queueUrl = await createQueue();
    const seen: string[] = [];
    for (const body of ['one', 'two', 'three']) await send(queueUrl, body);
    start({
      queueUrl,
      handler: async ({ Records }) => {
        const failed = Records.filter(({ body }) => body === 'two' && !seen.includes('two'));
        seen.push(...Records.map((record) => record.body));
        return { batchItemFailures: failed.map((record) => ({ itemIdentifier: record.messageId })) };
      },
    });
    await untilEmpty(queueUrl);
    expect(seen.sort()).toEqual(['one', 'three', 'two', 'two']);
  });

  it('gives a message that always fails to its dead-letter queue, and says what was thrown', async () => {
    const deadLetters = await createQueue();
    const deadLetterTargetArn = `arn:aws:sqs:eu-west-1:000000000000:${deadLetters.split('/').at(-1)}`;
    const queueUrl = await createQueue({
      RedrivePolicy: JSON.stringify({ deadLetterTargetArn, maxReceiveCount: 2 }),
    });
    const errors: unknown[] = [];
    let calls = 0;
    start({
      queueUrl,
      handler: async () => {
        calls += 1;
        throw new Error('no');
      },
      onError: (error) => errors.push(error),
    });
    await send(queueUrl, 'one');
    await until(async () => (await countOf(deadLetters)) === 1);
    expect([calls, errors.length]).toEqual([2, 2]);
  });

  it('runs as many calls at once as it may', async () => {
    const queueUrl = await createQueue({ VisibilityTimeout: '30' });
    let inside = 0;
    let most = 0;
    const both = Promise.withResolvers<void>();
    start({
      queueUrl,
      batchSize: 1,
      concurrency: 2,
      handler: async () => {
        inside += 1;
        most = Math.max(most, inside);
        if (inside === 2) both.resolve();
        await both.promise;
        inside -= 1;
      },
    });
    await send(queueUrl, 'one');
    await send(queueUrl, 'two');
    await untilEmpty(queueUrl);
    expect(most).toBe(2);
  });

  it('stops at once in the middle of a long poll, and lets a call under way end', async () => {
    const queueUrl = await createQueue({ VisibilityTimeout: '30' });
    const started = Promise.withResolvers<void>();
    const finish = Promise.withResolvers<void>();
    const busy = start({
      queueUrl,
      handler: async () => {
        started.resolve();
        await finish.promise;
      },
    });
    await send(queueUrl, 'one');
    await started.promise;
    const stopped = busy.stop();
    finish.resolve();
    await stopped;
    expect(await countOf(queueUrl)).toBe(0);
    await start({ queueUrl, handler: async () => undefined }).stop();
  });

  it('keeps its messages over a restart on another port', async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'quittance-sqs-'));
    const first = await startSqs({ port: await freePort(), dataDir });
    const sender = sqsClient(first.endpoint);
    await sender.send(new CreateQueueCommand({ QueueName: 'kept' }));
    await sender.send(new SendMessageCommand({ QueueUrl: first.queueUrl('kept'), MessageBody: 'kept' }));
    await first.stop();
    const second = await startSqs({ port: await freePort(), dataDir });
    const bodies: string[] = [];
    const heard = Promise.withResolvers<void>();
    const poller = startQueuePoller({
      client: sqsClient(second.endpoint),
      queueUrl: second.queueUrl('kept'),
      handler: async ({ Records }) => {
        bodies.push(...Records.map((record) => record.body));
        heard.resolve();
      },
    });
    await heard.promise;
    await poller.stop();
    await second.stop();
    await rm(dataDir, { recursive: true });
    expect(bodies).toEqual(['kept']);
  });
});
