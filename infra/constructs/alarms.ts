import { Duration } from 'aws-cdk-lib';
import {
  Alarm,
  ComparisonOperator,
  type IMetric,
  Metric,
  type MetricOptions,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';

export type Watched = {
  id: string;
  /** What it means and what to look at first. */
  description: string;
  metric: IMetric;
  /** The alarm rings from this value on. */
  from: number;
  /** Periods in a row; one unless given. */
  periods?: number;
};

/** An alarm that tells the topic when it rings and when it is over. No data is no alarm. */
export const watch = (scope: Construct, topic: ITopic, watched: Watched): Alarm => {
  const alarm = new Alarm(scope, watched.id, {
    alarmDescription: watched.description,
    metric: watched.metric,
    threshold: watched.from,
    comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    evaluationPeriods: watched.periods ?? 1,
    treatMissingData: TreatMissingData.NOT_BREACHING,
  });
  const tell = new SnsAction(topic);
  alarm.addAlarmAction(tell);
  alarm.addOkAction(tell);
  return alarm;
};

/** A metric of AWS's own over five minutes. */
export const awsMetric = (
  namespace: string,
  metricName: string,
  options: Omit<MetricOptions, 'period'> = {},
): Metric =>
  new Metric({ namespace: `AWS/${namespace}`, metricName, period: Duration.minutes(5), ...options });
