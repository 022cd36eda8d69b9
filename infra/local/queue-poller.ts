import {
  DeleteMessageBatchCommand,
  type Message,
  ReceiveMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import type { Context, SQSEvent, SQSRecord } from 'aws-lambda';
import { createBell } from './bell.ts';
import { lambdaContext } from './lambda-context.ts';
import type { BatchAnswer } from './stream-delivery.ts';

const LONG_POLL_SECONDS = 20;
const PAUSE_AFTER_TROUBLE_MS = 1_000;

export interface QueuePollerOptions {
  client: SQSClient;
  queueUrl: string;
  handler: (event: SQSEvent, context: Context) => Promise<BatchAnswer | undefined> | Promise<void>;
  /** The function's name in its context; the queue's if absent. */
  name?: string;
  /** 1 to 10 messages in one call; 10 if absent. */
  batchSize?: number;
  /** Calls at the same time; 1 if absent. */
  concurrency?: number;
  /** Milliseconds that a call may take by its context; a minute if absent. */
  budgetMs?: number;
  /** Told of what the function threw and of trouble with the queue. */
  onError?: (error: unknown) => void;
}

/**
 * Feeds a queue to a function as Lambda does: what it processed is deleted, what it threw on or named in
 * `batchItemFailures` comes again after its visibility time-out, and in the end goes to the dead-letter queue.
 */
export function startQueuePoller(options: QueuePollerOptions): { stop(): Promise<void> } {
  const stopping = new AbortController();
  const bell = createBell();
  const report = options.onError ?? (() => {});

  const loop = async () => {
    while (!stopping.signal.aborted) {
      try {
        const messages = await receive(options, stopping.signal);
        if (messages.length > 0) await process(options, messages, report);
      } catch (error) {
        if (stopping.signal.aborted) return;
        report(error);
        await bell.sleep(PAUSE_AFTER_TROUBLE_MS);
      }
    }
  };
  const loops = Array.from({ length: options.concurrency ?? 1 }, loop);
  return {
    stop: async () => {
      stopping.abort();
      bell.ring();
      await Promise.all(loops);
    },
  };
}

async function receive(options: QueuePollerOptions, abortSignal: AbortSignal): Promise<Message[]> {
  const { client, queueUrl, batchSize = 10 } = options;
  const { Messages = [] } = await client.send(
    new ReceiveMessageCommand({
      QueueUrl: queueUrl,
      MaxNumberOfMessages: batchSize,
      WaitTimeSeconds: LONG_POLL_SECONDS,
      MessageSystemAttributeNames: ['All'],
      MessageAttributeNames: ['All'],
    }),
    { abortSignal },
  );
  return Messages;
}

async function process(
  options: QueuePollerOptions,
  messages: Message[],
  report: (error: unknown) => void,
): Promise<void> {
  const { client, queueUrl, handler, budgetMs = 60_000 } = options;
  const queueName = queueUrl.split('/').at(-1) ?? '';
  const context = lambdaContext(options.name ?? queueName, budgetMs);
  let failed: Set<string>;
  try {
    const answer = await handler(
      { Records: messages.map((one) => toLambdaMessage(one, queueName)) },
      context,
    );
    failed = new Set(answer?.batchItemFailures?.map((failure) => failure.itemIdentifier));
  } catch (error) {
    report(error);
    return;
  }
  const ids = new Set(messages.map((message) => message.MessageId));
  if ([...failed].some((id) => !ids.has(id))) return; // as in Lambda: an unknown id fails the whole batch
  const processed = messages.filter((message) => !failed.has(message.MessageId ?? ''));
  if (processed.length === 0) return;
  await client.send(
    new DeleteMessageBatchCommand({
      QueueUrl: queueUrl,
      Entries: processed.map((one, i) => ({ Id: String(i), ReceiptHandle: one.ReceiptHandle })),
    }),
  );
}

function toLambdaMessage(message: Message, queueName: string): SQSRecord {
  const attributes = Object.entries(message.MessageAttributes ?? {}).map(([name, value]) => [
    name,
    {
      dataType: value.DataType ?? 'String',
      ...(value.StringValue === undefined ? {} : { stringValue: value.StringValue }),
      ...(value.BinaryValue ? { binaryValue: Buffer.from(value.BinaryValue).toString('base64') } : {}),
    },
  ]);
  return {
    messageId: message.MessageId ?? '',
    receiptHandle: message.ReceiptHandle ?? '',
    body: message.Body ?? '',
    attributes: message.Attributes as unknown as SQSRecord['attributes'],
    messageAttributes: Object.fromEntries(attributes),
    md5OfBody: message.MD5OfBody ?? '',
    eventSource: 'aws:sqs',
    eventSourceARN: `arn:aws:sqs:local:000000000000:${queueName}`,
    awsRegion: 'local',
  };
}
