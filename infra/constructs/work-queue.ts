import { Duration } from 'aws-cdk-lib';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { timesTried } from '#functions/workers.ts';

export type WorkQueueProps = {
  name: string;
  /** Of the worker that reads it. */
  timeoutSeconds: number;
};

/** A queue, and the one for messages that its worker failed on again and again. */
export class WorkQueue extends Construct {
  readonly queue: Queue;
  readonly deadLetters: Queue;

  constructor(scope: Construct, id: string, { name, timeoutSeconds }: WorkQueueProps) {
    super(scope, id);
    const common = { encryption: QueueEncryption.SQS_MANAGED, enforceSSL: true };
    this.deadLetters = new Queue(this, 'DeadLetters', {
      ...common,
      queueName: `${name}-dead-letters`,
      retentionPeriod: Duration.days(14),
    });
    this.queue = new Queue(this, 'Queue', {
      ...common,
      queueName: name,
      // Longer than any call lives, or a second one gets the message too; not much longer, as a retry waits for it.
      visibilityTimeout: Duration.seconds(2 * timeoutSeconds),
      retentionPeriod: Duration.days(4),
      deadLetterQueue: { queue: this.deadLetters, maxReceiveCount: timesTried },
    });
  }
}
