import { describe, expect, it } from 'vitest';
import { workers } from '#functions/workers.ts';
import { type Resource, synthesize } from './synthesized.ts';

const resources = synthesize().find(({ stack }) => stack.endsWith('-workers'))?.resources ?? {};
const idOf = (value: unknown): string =>
  /"(?:Ref|Fn::GetAtt)":\[?"(\w+)"/.exec(JSON.stringify(value))?.[1] ?? '';

/** The mapping that wakes a worker, and its function. */
const wokenBy = (name: string): { mapping: Resource; lambda: Resource } => {
  for (const mapping of Object.values(resources)) {
    if (mapping.Type !== 'AWS::Lambda::EventSourceMapping') continue;
    const lambda = resources[idOf(mapping.Properties.FunctionName)];
    if (lambda?.Properties.FunctionName === `quittance-dev-${name}`) return { mapping, lambda };
  }
  throw new Error(`Nothing wakes ${name}.`);
};

const byClock = workers.filter(({ trigger }) => !('queue' in trigger || 'stream' in trigger));

describe.each(byClock)('$name', ({ name }) => {
  it('is woken by the clock', () => {
    const rules = Object.values(resources).filter(({ Type }) => Type === 'AWS::Events::Rule');
    const targets = rules.flatMap(({ Properties }) => Properties.Targets as { Arn: unknown }[]);
    const names = targets.map(({ Arn }) => resources[idOf(Arn)]?.Properties.FunctionName);
    expect(names).toContain(`quittance-dev-${name}`);
  });
});

describe.each(workers.filter((worker) => !byClock.includes(worker)))('$name', (worker) => {
  const { mapping, lambda } = wokenBy(worker.name);

  it('has the time, the memory and the batches of its contract, and reports what failed', () => {
    expect(lambda.Properties).toMatchObject({ Timeout: worker.timeoutSeconds, MemorySize: worker.memoryMb });
    expect(mapping.Properties).toMatchObject({
      BatchSize: worker.batchSize,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
    });
  });
});

describe.each(workers.filter(({ trigger }) => 'stream' in trigger))('$name', ({ name }) => {
  it('reads the stream from its beginning, and leaves what it can’t process in a bucket', () => {
    const { mapping } = wokenBy(name);
    expect(mapping.Properties).toMatchObject({
      StartingPosition: 'TRIM_HORIZON',
      BisectBatchOnFunctionError: true,
      MaximumRetryAttempts: 5,
    });
    expect(JSON.stringify(mapping.Properties.EventSourceArn)).toContain('StreamArn');
    expect(resources[idOf(mapping.Properties.DestinationConfig.OnFailure)]?.Type).toBe('AWS::S3::Bucket');
  });
});

describe.each(workers.filter(({ trigger }) => 'queue' in trigger))('$name', ({ name, timeoutSeconds }) => {
  const queue = resources[idOf(wokenBy(name).mapping.Properties.EventSourceArn)];

  it('has a queue that hides a message for longer than a call lives', () => {
    expect(queue?.Properties.VisibilityTimeout).toBeGreaterThan(timeoutSeconds);
    expect(queue?.Properties.SqsManagedSseEnabled).toBe(true);
  });

  it('gives a message up after five tries, to a queue that keeps it for two weeks', () => {
    const { deadLetterTargetArn, maxReceiveCount } = queue?.Properties.RedrivePolicy ?? {};
    expect(maxReceiveCount).toBe(5);
    expect(resources[idOf(deadLetterTargetArn)]?.Properties.MessageRetentionPeriod).toBe(14 * 86_400);
  });
});

describe('what the clock wakes', () => {
  it.each([
    ['sweep-sessions', 'rate(5 minutes)'],
    ['run-schedules', 'rate(1 minute)'],
  ])('ONL-3 EXP-4: %s is run by the clock, and a run that failed is left to the next one', (name, rate) => {
    const rules = Object.values(resources).filter(({ Type }) => Type === 'AWS::Events::Rule');
    const lambdaOf = ({ Properties }: Resource) =>
      resources[idOf(Properties.Targets[0].Arn)]?.Properties.FunctionName;
    const rule = rules.find((one) => lambdaOf(one) === `quittance-dev-${name}`);
    expect(rule?.Properties).toMatchObject({ ScheduleExpression: rate, State: 'ENABLED' });
    expect(rule?.Properties.Targets[0].RetryPolicy).toEqual({ MaximumRetryAttempts: 0 });
  });
});
