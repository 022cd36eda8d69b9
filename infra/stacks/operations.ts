import { Duration, Stack, type StackProps } from 'aws-cdk-lib';
import { CfnBudget } from 'aws-cdk-lib/aws-budgets';
import {
  type Alarm,
  AlarmStatusWidget,
  Dashboard,
  GraphWidget,
  type Metric,
} from 'aws-cdk-lib/aws-cloudwatch';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { FilterPattern, LogGroup, MetricFilter } from 'aws-cdk-lib/aws-logs';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { workers } from '#functions/workers.ts';
import { awsMetric, type Watched, watch } from '#infra/constructs/alarms.ts';
import { logGroupNameOf } from '#infra/constructs/deployed-function.ts';
import { functionNameOf, type Stage } from '#infra/stage.ts';

export type OperationsStackProps = StackProps & {
  stage: Stage;
  apiId: string;
  table: ITable;
  queues: Readonly<Record<string, IQueue>>;
  deadLetters: Readonly<Record<string, IQueue>>;
  /** The mappings of the stream's readers, by their names. */
  readers: Readonly<Record<string, string>>;
};

/** Who is told, when, and what it looked like. */
export class OperationsStack extends Stack {
  constructor(scope: Construct, id: string, props: OperationsStackProps) {
    super(scope, id, { ...props, description: 'Alarms, dashboard and budget of Quittance' });
    const { stage } = props;
    const topic = new Topic(this, 'Alarms', {
      topicName: `quittance-${stage.name}-alarms`,
      enforceSSL: true,
    });
    topic.grantPublish(new ServicePrincipal('cloudwatch.amazonaws.com'));
    if (stage.alarmsTo !== undefined) topic.addSubscription(new EmailSubscription(stage.alarmsTo));
    const groups = [ofRequests(props), ofWork(this, props), ofEmail(this, stage)];
    const alarms: Alarm[] = [];
    const graphs = groups.map(({ title, watched }) => {
      alarms.push(...watched.map((each) => watch(this, topic, each)));
      return new GraphWidget({ title, left: watched.map(({ metric }) => metric), width: 8, height: 8 });
    });
    const dashboard = new Dashboard(this, 'Dashboard', { dashboardName: `quittance-${stage.name}` });
    dashboard.addWidgets(new AlarmStatusWidget({ title: 'Alarms', alarms, width: 24 }));
    dashboard.addWidgets(...graphs);
    if (stage.budget !== undefined) addBudget(this, stage, stage.budget);
  }
}

type Group = { title: string; watched: Watched[] };

const ofRequests = ({ apiId, table, stage }: OperationsStackProps): Group => ({
  title: 'Requests',
  watched: [
    {
      id: 'RequestErrors',
      description:
        'Requests end with 5xx. The access log has their ids and routes, the function’s log the cause.',
      metric: awsMetric('ApiGateway', '5xx', { dimensionsMap: { ApiId: apiId }, statistic: 'Sum' }),
      from: 5,
    },
    {
      id: 'FunctionThrottles',
      description: 'Lambda refuses calls in this account and Region: its concurrency is used up.',
      metric: awsMetric('Lambda', 'Throttles', { statistic: 'Sum' }),
      from: 1,
    },
    {
      id: 'TableThrottles',
      description: `DynamoDB throttles the table of ${stage.name}: look for a hot partition or index.`,
      metric: awsMetric('DynamoDB', 'ThrottledRequests', {
        dimensionsMap: { TableName: table.tableName },
        statistic: 'Sum',
      }),
      from: 1,
    },
  ],
});

const ofWork = (scope: Construct, { stage, queues, deadLetters, readers }: OperationsStackProps): Group => ({
  title: 'Work in the background',
  watched: [
    ...workers.flatMap(({ name, trigger }): Watched[] => {
      const dimensionsMap = { FunctionName: functionNameOf(stage.name, name) };
      const failing: Watched = {
        id: `Errors-${name}`,
        description: `${name} fails as a whole. Its log has the cause.`,
        metric: awsMetric('Lambda', 'Errors', { dimensionsMap, statistic: 'Sum' }),
        from: 1,
        periods: 2,
      };
      if (!('stream' in trigger)) return [failing];
      const late: Watched = {
        id: `IteratorAge-${name}`,
        description: `${name} is more than five minutes behind the table. After 24 hours changes are lost to it.`,
        metric: awsMetric('Lambda', 'IteratorAge', { dimensionsMap, statistic: 'Maximum' }),
        from: Duration.minutes(5).toMilliseconds(),
      };
      return [failing, late];
    }),
    ...Object.entries(queues).map(([name, { queueName: QueueName }]) => ({
      id: `Oldest-${name}`,
      description: `Work has waited in the queue ${name} for fifteen minutes: its worker fails or is too slow.`,
      metric: awsMetric('SQS', 'ApproximateAgeOfOldestMessage', {
        dimensionsMap: { QueueName },
        statistic: 'Maximum',
      }),
      from: 900,
    })),
    ...Object.entries(deadLetters).map(([name, { queueName: QueueName }]) => ({
      id: `DeadLetters-${name}`,
      description: `The worker of the queue ${name} gave a message up. Redrive it once the cause is gone.`,
      metric: awsMetric('SQS', 'ApproximateNumberOfMessagesVisible', {
        dimensionsMap: { QueueName },
        statistic: 'Maximum',
      }),
      from: 1,
    })),
    ...Object.entries(readers).map(([name, EventSourceMappingUUID]) => ({
      id: `GivenUp-${name}`,
      description: `${name} gave changes up, which wait in a bucket. Once the cause is gone: npm run replay -- ${stage.name} ${name}.`,
      metric: awsMetric('Lambda', 'OnFailureDestinationDeliveredEventCount', {
        dimensionsMap: { EventSourceMappingUUID },
        statistic: 'Sum',
      }),
      from: 1,
    })),
    {
      id: 'MissingHistory',
      description:
        'The nightly check found changes without history, and mended those that its log names so. Replay record-history for the others.',
      metric: countedInLog(scope, stage, {
        worker: 'check-history',
        message: 'history was missing',
        value: '$.count',
      }),
      from: 1,
    },
  ],
});

const ofEmail = (scope: Construct, stage: Stage): Group => ({
  title: 'E-mail',
  watched: [
    {
      id: 'UnknownEmails',
      description:
        'Of an e-mail it is not known whether it went out, and no event of SES has told. It is never sent again by itself: ask the buyer, or send another.',
      metric: countedInLog(scope, stage, {
        worker: 'send-email',
        message: 'e-mail is unknown',
        value: '1',
      }),
      from: 1,
    },
    {
      id: 'BounceRate',
      description: 'More than 4 of 100 e-mails bounce. SES reviews a sender from 5 on.',
      metric: awsMetric('SES', 'Reputation.BounceRate', { statistic: 'Average' }),
      from: 0.04,
    },
    {
      id: 'ComplaintRate',
      description: 'More than 8 of 10,000 e-mails are complained about. SES reviews a sender from 10 on.',
      metric: awsMetric('SES', 'Reputation.ComplaintRate', { statistic: 'Average' }),
      from: 0.0008,
    },
  ],
});

/** A figure of the lines with a message in a worker's log. */
const countedInLog = (
  scope: Construct,
  stage: Stage,
  { worker, message, value }: { worker: string; message: string; value: string },
): Metric => {
  const id = `${worker}-lines`;
  const filter = new MetricFilter(scope, id, {
    logGroup: LogGroup.fromLogGroupName(scope, `${worker}-log`, logGroupNameOf(stage, worker)),
    filterPattern: FilterPattern.stringValue('$.message', '=', message),
    metricNamespace: `Quittance/${stage.name}`,
    metricName: message,
    metricValue: value,
  });
  return filter.metric({ statistic: 'Sum', period: Duration.minutes(5) });
};

/** Costs of the whole AWS account, as only a stage of its own account can be told from others without cost tags. */
const addBudget = (
  scope: Construct,
  stage: Stage,
  { monthlyUsd, email }: NonNullable<Stage['budget']>,
): void => {
  const at = (notificationType: 'ACTUAL' | 'FORECASTED', threshold: number) => ({
    notification: { notificationType, comparisonOperator: 'GREATER_THAN', threshold },
    subscribers: [{ subscriptionType: 'EMAIL', address: email }],
  });
  new CfnBudget(scope, 'Budget', {
    budget: {
      budgetName: `quittance-${stage.name}`,
      budgetType: 'COST',
      timeUnit: 'MONTHLY',
      budgetLimit: { amount: monthlyUsd, unit: 'USD' },
    },
    notificationsWithSubscribers: [at('ACTUAL', 80), at('FORECASTED', 100)],
  });
};
