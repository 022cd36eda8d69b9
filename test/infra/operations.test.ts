import { expect, it } from 'vitest';
import { workers } from '#functions/workers.ts';
import { devStage, ofType, synthesize } from './synthesized.ts';

const stacks = synthesize({
  ...devStage,
  alarmsTo: 'ops@example.com',
  budget: { monthlyUsd: 50, email: 'ops@example.com' },
});
const alarms = ofType(stacks, 'AWS::CloudWatch::Alarm').map(({ Properties }) => Properties);
const watched = (metric: string) => alarms.filter(({ MetricName }) => MetricName === metric);

it('watches every worker, every stream reader’s lag, and every queue with its dead letters', () => {
  expect(watched('Errors')).toHaveLength(workers.length);
  expect(watched('IteratorAge')).toHaveLength(workers.filter(({ trigger }) => 'stream' in trigger).length);
  const queues = workers.filter(({ trigger }) => 'queue' in trigger).length;
  expect(watched('ApproximateAgeOfOldestMessage')).toHaveLength(queues);
  expect(watched('ApproximateNumberOfMessagesVisible')).toHaveLength(queues);
});

it.each(['5xx', 'Throttles', 'ThrottledRequests', 'Reputation.BounceRate', 'Reputation.ComplaintRate'])(
  'watches %s',
  (metric) => expect(watched(metric)).toHaveLength(1),
);

it('tells the topic of each alarm, in words that say what to do', () => {
  for (const { AlarmActions, AlarmDescription } of alarms) {
    expect(AlarmActions).toHaveLength(1);
    expect(AlarmDescription).toMatch(/\w/);
  }
  const subscriptions = ofType(stacks, 'AWS::SNS::Subscription').map(({ Properties }) => Properties);
  expect(subscriptions).toContainEqual(
    expect.objectContaining({ Protocol: 'email', Endpoint: 'ops@example.com' }),
  );
});

it('has a budget where the stage names one', () => {
  expect(ofType(stacks, 'AWS::Budgets::Budget')[0]?.Properties.Budget.BudgetLimit.Amount).toBe(50);
  expect(ofType(synthesize(), 'AWS::Budgets::Budget')).toHaveLength(0);
});
