import { Duration } from 'aws-cdk-lib';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction as LambdaTarget } from 'aws-cdk-lib/aws-events-targets';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import {
  EventSourceMapping,
  type Function as LambdaFunction,
  MetricType,
  StartingPosition,
} from 'aws-cdk-lib/aws-lambda';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';

/** Tries of a record before it goes to the bucket; its shard waits meanwhile, and history may lag ten seconds. */
const timesRetried = 5;
const oldestRecord = Duration.hours(12);

/** Wakes the function for the table's changes. What it can't process lands whole in the bucket, to be replayed. */
export const readStream = (
  lambda: LambdaFunction,
  { table, failures, batchSize }: { table: ITable; failures: IBucket; batchSize: number },
): EventSourceMapping => {
  const streamArn = table.tableStreamArn;
  if (streamArn === undefined) throw new Error('The table has no stream.');
  const reading = ['DescribeStream', 'GetRecords', 'GetShardIterator'].map((action) => `dynamodb:${action}`);
  const grants = [
    new PolicyStatement({ actions: reading, resources: [streamArn] }),
    new PolicyStatement({ actions: ['dynamodb:ListStreams'], resources: [`${table.tableArn}/stream/*`] }),
    new PolicyStatement({ actions: ['s3:PutObject'], resources: [failures.arnForObjects('*')] }),
    new PolicyStatement({ actions: ['s3:ListBucket'], resources: [failures.bucketArn] }),
  ];
  const mapping = new EventSourceMapping(lambda, 'Stream', {
    target: lambda,
    eventSourceArn: streamArn,
    startingPosition: StartingPosition.TRIM_HORIZON,
    batchSize,
    bisectBatchOnError: true,
    reportBatchItemFailures: true,
    retryAttempts: timesRetried,
    maxRecordAge: oldestRecord,
    // Without this nothing tells that records went to the bucket.
    metricsConfig: { metrics: [MetricType.EVENT_COUNT] },
    onFailure: { bind: () => ({ destination: failures.bucketArn }) },
  });
  afterItsGrants(mapping, lambda, grants);
  return mapping;
};

/** Wakes the function for the queue's messages, in at most so many calls at once. */
export const readQueue = (
  lambda: LambdaFunction,
  { queue, batchSize, callsAtOnce }: { queue: IQueue; batchSize: number; callsAtOnce: number },
): void => {
  const reading = ['ReceiveMessage', 'DeleteMessage', 'GetQueueAttributes', 'ChangeMessageVisibility'];
  const grant = new PolicyStatement({
    actions: reading.map((action) => `sqs:${action}`),
    resources: [queue.queueArn],
  });
  const mapping = new EventSourceMapping(lambda, 'Queue', {
    target: lambda,
    eventSourceArn: queue.queueArn,
    batchSize,
    reportBatchItemFailures: true,
    maxConcurrency: callsAtOnce,
  });
  afterItsGrants(mapping, lambda, [grant]);
};

/** Wakes the function by the clock. A run that fails is not repeated: the next one does what it left. */
export const runEvery = (lambda: LambdaFunction, minutes: number): void => {
  new Rule(lambda, 'Schedule', {
    schedule: Schedule.rate(Duration.minutes(minutes)),
    targets: [new LambdaTarget(lambda, { retryAttempts: 0 })],
  });
};

/** Lambda refuses a mapping whose function may not read its source. */
const afterItsGrants = (
  mapping: EventSourceMapping,
  lambda: LambdaFunction,
  grants: readonly PolicyStatement[],
): void => {
  for (const grant of grants) {
    const { policyDependable } = lambda.grantPrincipal.addToPrincipalPolicy(grant);
    if (policyDependable !== undefined) mapping.node.addDependency(policyDependable);
  }
};
