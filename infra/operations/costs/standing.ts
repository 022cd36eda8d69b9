import type { TemplateResource } from '#infra/operations/templates.ts';
import { assumed } from './life.ts';

/** A function as the bill sees it. */
export type BilledFunction = { memoryMb: number; architecture: 'arm64' | 'x86_64'; storageMb: number };

/** What a deployment has while nothing happens, from its templates. */
export type Standing = {
  alarms: number;
  dashboards: number;
  metrics: number;
  secrets: number;
  keys: number;
  /** Queues that Lambda asks for messages. */
  polledQueues: number;
  /** Minutes between two runs of what the clock wakes, by the function's name. */
  clocks: Readonly<Record<string, number>>;
  functions: Readonly<Record<string, BilledFunction>>;
};

const minutesOf = (schedule: string): number => {
  const [, count, unit = ''] = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(schedule) ?? [];
  const minutes = { minute: 1, hour: 60, day: 1_440 }[unit];
  if (minutes === undefined) throw new Error(`${schedule} is no rate that is known here`);
  return Number(count) * minutes;
};

/** The name of a function without its stage: `quittance-STAGE-NAME`. */
const nameOf = (resource: TemplateResource | undefined, stage: string): string =>
  String(resource?.Properties.FunctionName).replace(`quittance-${stage}-`, '');

/** Counts what stands in the templates of a stage; each is its resources by their ids. */
export const standingOf = (
  templates: readonly Readonly<Record<string, TemplateResource>>[],
  stage: string,
): Standing => {
  const all = templates.flatMap((resources) => Object.values(resources));
  const ofType = (type: string) => all.filter(({ Type }) => Type === type);
  const mappings = ofType('AWS::Lambda::EventSourceMapping').map(({ Properties }) => Properties);
  const counting = mappings.filter(({ MetricsConfig }) => MetricsConfig !== undefined);
  const reputations = ofType('AWS::SES::ConfigurationSet').filter(
    ({ Properties }) => Properties.ReputationOptions?.ReputationMetricsEnabled === true,
  );
  const clocks = templates.flatMap((resources) =>
    Object.values(resources)
      .filter(({ Type }) => Type === 'AWS::Events::Rule')
      .map(({ Properties }): [string, number] => {
        const [id = ''] = Properties.Targets[0].Arn['Fn::GetAtt'];
        return [nameOf(resources[id], stage), minutesOf(Properties.ScheduleExpression)];
      }),
  );
  const functions = ofType('AWS::Lambda::Function').map((resource): [string, BilledFunction] => [
    nameOf(resource, stage),
    {
      memoryMb: resource.Properties.MemorySize,
      architecture: resource.Properties.Architectures[0],
      storageMb: resource.Properties.EphemeralStorage?.Size ?? 512,
    },
  ]);
  return {
    alarms: ofType('AWS::CloudWatch::Alarm').length,
    dashboards: ofType('AWS::CloudWatch::Dashboard').length,
    metrics:
      ofType('AWS::Logs::MetricFilter').length +
      counting.length * assumed.metricsOfMapping +
      reputations.length * assumed.metricsOfReputation,
    secrets: ofType('AWS::SecretsManager::Secret').length,
    keys: ofType('AWS::KMS::Key').length,
    polledQueues: mappings.filter(({ MetricsConfig }) => MetricsConfig === undefined).length,
    clocks: Object.fromEntries(clocks),
    functions: Object.fromEntries(functions),
  };
};
