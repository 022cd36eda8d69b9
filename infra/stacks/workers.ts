import { CfnOutput, Duration, Size, Stack, type StackProps } from 'aws-cdk-lib';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import { SqsSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { type QueueName, type Worker, workers } from '#functions/workers.ts';
import { type CodeOf, DeployedFunction } from '#infra/constructs/deployed-function.ts';
import { PrivateBucket } from '#infra/constructs/private-bucket.ts';
import { readQueue, readStream, runEvery } from '#infra/constructs/triggers.ts';
import { provide, type Resources } from '#infra/constructs/uses.ts';
import { WorkQueue } from '#infra/constructs/work-queue.ts';

export type WorkersStackProps = StackProps & {
  baseUrl: string;
  code: CodeOf;
  resources: Omit<Resources, 'queues'>;
};

/** Calls of a queue's worker at once: Chromium's memory costs, and SES takes so many messages a second. */
const callsAtOnce: Record<QueueName, number> = {
  render: 10,
  email: 5,
  cleanup: 2,
  export: 5,
  'mail-events': 5,
};

/** Chromium unpacks 207 MB into the temporary folder, beside what it writes there. */
const ephemeralStorage: Partial<Record<string, Size>> = { 'render-pdf': Size.mebibytes(1024) };

const wokenBy = ({ trigger }: Worker): string => {
  if ('queue' in trigger) return `the queue ${trigger.queue}`;
  return 'stream' in trigger ? 'changes of the table' : 'the clock';
};

/** What follows a change: the readers of the table's stream, the queues and their workers. */
export class WorkersStack extends Stack {
  readonly queues: Resources['queues'];
  /** Of each queue, by the queue's name. */
  readonly deadLetters: Record<string, IQueue> = {};
  /** The mappings that wake the stream's readers, by their names. */
  readonly readers: Record<string, string> = {};
  /** Records of the stream that could not be processed. */
  readonly failures: Bucket;

  constructor(scope: Construct, id: string, { baseUrl, code, resources, ...props }: WorkersStackProps) {
    super(scope, id, props);
    this.queues = {
      render: this.#queue('render', resources.stage.name),
      email: this.#queue('email', resources.stage.name),
      cleanup: this.#queue('cleanup', resources.stage.name),
      'mail-events': this.#queue('mail-events', resources.stage.name),
      export: this.#queue('export', resources.stage.name),
    };
    resources.mail.events.addSubscription(
      new SqsSubscription(this.queues['mail-events'], { rawMessageDelivery: true }),
    );
    this.failures = new PrivateBucket(this, 'Failures', {
      lifecycleRules: [{ id: 'old', expiration: Duration.days(365) }],
    });
    new CfnOutput(this, 'FailuresBucket', { value: this.failures.bucketName });
    const all = { ...resources, queues: this.queues };
    for (const worker of workers) this.#trigger(worker, this.#deploy(worker, all, baseUrl, code), all);
  }

  #queue(name: QueueName, stage: string) {
    const reader = workers.find(({ trigger }) => 'queue' in trigger && trigger.queue === name);
    if (reader === undefined) throw new Error(`No worker reads the queue ${name}.`);
    const { timeoutSeconds } = reader;
    const id = `${name}-queue`;
    const { queue, deadLetters } = new WorkQueue(this, id, {
      name: `quittance-${stage}-${name}`,
      timeoutSeconds,
    });
    this.deadLetters[name] = deadLetters;
    return queue;
  }

  #deploy(worker: Worker, resources: Resources, baseUrl: string, code: CodeOf) {
    const storage = ephemeralStorage[worker.name];
    const { lambda } = new DeployedFunction(this, {
      ...provide(worker.uses, resources),
      name: worker.name,
      description: `Woken by ${wokenBy(worker)}`,
      stage: resources.stage,
      baseUrl,
      code: code(worker.name),
      timeoutSeconds: worker.timeoutSeconds,
      memoryMb: worker.memoryMb,
      ...(worker.architecture && { architecture: worker.architecture }),
      ...(storage && { ephemeralStorage: storage }),
    });
    return lambda;
  }

  #trigger(worker: Worker, lambda: DeployedFunction['lambda'], { table, queues }: Resources): void {
    const { trigger, batchSize } = worker;
    if ('everyMinutes' in trigger) runEvery(lambda, trigger.everyMinutes);
    else if ('stream' in trigger) {
      const mapping = readStream(lambda, { table, failures: this.failures, batchSize });
      this.readers[worker.name] = mapping.eventSourceMappingId;
    } else {
      const { queue } = trigger;
      readQueue(lambda, { queue: queues[queue], batchSize, callsAtOnce: callsAtOnce[queue] });
    }
  }
}
