import {
  CreateQueueCommand,
  DeleteMessageCommand,
  ReceiveMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { service } from './service.ts';

/** A queue of the emulator whose messages are taken off account by account. */
export type Queue = {
  url: string;
  /** Takes all messages that name the account. */
  take: (accountId: string) => Promise<string[]>;
};

const takeAll = async (sqs: SQSClient, queueUrl: string): Promise<string[]> => {
  const bodies: string[] = [];
  for (;;) {
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({ QueueUrl: queueUrl, MaxNumberOfMessages: 10, WaitTimeSeconds: 0 }),
    );
    if (Messages.length === 0) return bodies;
    for (const { Body, ReceiptHandle } of Messages) {
      bodies.push(Body ?? '');
      await sqs.send(new DeleteMessageCommand({ QueueUrl: queueUrl, ReceiptHandle }));
    }
  }
};

export const newQueue = async (name: string): Promise<Queue> => {
  const sqs = new SQSClient({});
  await sqs.send(new CreateQueueCommand({ QueueName: name }));
  // The address that SQS tells has a name that only AWS resolves.
  const url = new URL(name, service().environment.RENDER_QUEUE_URL).href;
  let pending: string[] = [];
  // One at a time: what somebody else is receiving at the moment would be missed.
  let turn: Promise<unknown> = Promise.resolve();
  const takeNow = async (accountId: string): Promise<string[]> => {
    pending.push(...(await takeAll(sqs, url)));
    const mine = pending.filter((body) => body.includes(accountId));
    pending = pending.filter((body) => !body.includes(accountId));
    return mine;
  };
  const take: Queue['take'] = (accountId) => {
    const taken = turn.then(() => takeNow(accountId));
    turn = taken.catch(() => {});
    return taken;
  };
  return { url, take };
};
