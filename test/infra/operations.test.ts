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
  const readers = workers.filter(({ trigger }) => 'stream' in trigger).length;
  expect(watched('IteratorAge')).toHaveLength(readers);
  expect(watched('OnFailureDestinationDeliveredEventCount')).toHaveLength(readers);
  for (const { Properties } of ofType(stacks, 'AWS::Lambda::EventSourceMapping'))
    if (JSON.stringify(Properties.EventSourceArn).includes('StreamArn'))
      expect(Properties.MetricsConfig).toEqual({ Metrics: ['EventCount'] });
  const queues = workers.filter(({ trigger }) => 'queue' in trigger).length;
  expect(watched('ApproximateAgeOfOldestMessage')).toHaveLength(queues);
  expect(watched('ApproximateNumberOfMessagesVisible')).toHaveLength(queues);
});

it.each(['5xx', 'Throttles', 'ThrottledRequests', 'Reputation.BounceRate', 'Reputation.ComplaintRate'])(
  'watches %s',
  (metric) => expect(watched(metric)).toHaveLength(1),
);

it.each([
  ['e-mail is unknown', 'send-email', '1'],
  ['history was missing', 'check-history', '$.count'],
])('watches the lines `%s` that %s logs', (message, worker, value) => {
  const [alarm, ...others] = watched(message);
  expect(others).toEqual([]);
  const filter = ofType(stacks, 'AWS::Logs::MetricFilter')
    .map(({ Properties }) => Properties)
    .find(({ FilterPattern }) => FilterPattern === `{ $.message = "${message}" }`);
  expect(filter?.LogGroupName).toBe(`/quittance/dev/${worker}`);
  expect(filter?.MetricTransformations).toEqual([
    { MetricName: message, MetricNamespace: alarm?.Namespace, MetricValue: value },
  ]);
  expect(alarm).toMatchObject({ Namespace: 'Quittance/dev', Threshold: 1, Statistic: 'Sum' });
});

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
