import * as z from 'zod';
import type { Synthesized } from '#test/infra/synthesized.ts';
import { arn, resolver } from './resolve.ts';

/** A statement of a policy, every resource an ARN, perhaps with wildcards. */
export type Statement = {
  actions: readonly string[];
  resources: readonly string[];
  /** Forms of the partitions that it is about; all of them if absent. */
  partitions?: readonly string[];
};
/** What a function of a deployment may do, and the variables that it is told. */
export type Policy = { statements: readonly Statement[]; environment: Readonly<Record<string, string>> };

const listed = <T>(value: T | readonly T[]): readonly T[] => (Array.isArray(value) ? value : [value as T]);

const leadingKeys = z.strictObject({
  'ForAllValues:StringLike': z.strictObject({
    'dynamodb:LeadingKeys': z.union([z.string(), z.array(z.string())]),
  }),
});
const partitionsIn = (condition: unknown): readonly string[] | undefined =>
  condition === undefined
    ? undefined
    : listed(leadingKeys.parse(condition)['ForAllValues:StringLike']['dynamodb:LeadingKeys']);

/** The policies of all functions, by the function's name, worked out from the templates. */
export const policiesOf = (stacks: readonly Synthesized[], stage: string): Map<string, Policy> => {
  const resolve = resolver(stacks);
  const found = new Map<string, Policy>();
  for (const stack of stacks) {
    const all = Object.values(stack.resources);
    const policies = all.filter(({ Type }) => Type === 'AWS::IAM::Policy');
    for (const { Type, Properties } of all) {
      const prefix = `quittance-${stage}-`;
      if (Type !== 'AWS::Lambda::Function' || !String(Properties.FunctionName).startsWith(prefix)) continue;
      const role = JSON.stringify([{ Ref: Properties.Role['Fn::GetAtt'][0] }]);
      const statements = policies
        .filter((policy) => JSON.stringify(policy.Properties.Roles) === role)
        .flatMap((policy) => policy.Properties.PolicyDocument.Statement)
        .map(({ Effect, Action, Resource, Condition, ...rest }): Statement => {
          const partitions = partitionsIn(Condition);
          if (Effect !== 'Allow' || Object.keys(rest).length > 0)
            throw new Error(`only grants are understood: ${JSON.stringify(rest)}`);
          const resources = listed(Resource).map((resource) => resolve(resource, stack));
          return { actions: listed<string>(Action), resources, ...(partitions && { partitions }) };
        });
      const environment = Object.fromEntries(
        Object.entries(Properties.Environment.Variables).map(([name, value]) => [
          name,
          resolve(value, stack),
        ]),
      );
      found.set(Properties.FunctionName.slice(prefix.length), { statements, environment });
    }
  }
  return found;
};

/** Whether IAM's pattern, with `*` and `?`, means the ARN. */
export const matches = (pattern: string, name: string): boolean =>
  new RegExp(
    `^${pattern
      .replace(/[.+^${}()|[\]\\]/g, '\\$&')
      .replaceAll('*', '.*')
      .replaceAll('?', '.')}$`,
  ).test(name);

/** The ARN that a recorded resource is in the deployment; undefined where the function is not told of it there. */
export const arnOf = (resource: string, { environment }: Policy): string | undefined => {
  const [variable = '', ...below] = resource.split('/');
  const rest = below.map((part) => `/${part}`).join('');
  if (variable === 'identity') return arn.mail(resource);
  const name = environment[variable];
  if (name === undefined) return undefined;
  if (variable === 'TABLE_NAME') return arn.table(name) + rest;
  // A key's folder stands for a key in it.
  if (variable === 'DOCUMENTS_BUCKET') return arn.bucket(name) + (rest === '' ? '' : `${rest}key`);
  if (variable === 'SES_CONFIGURATION_SET') return arn.mail(`configuration-set/${name}`);
  if (variable.endsWith('_QUEUE_URL')) return arn.queue(name.replace(/^.*\//, ''));
  return name;
};

/** A call as it would be in the deployment. */
export type Call = { action: string; on: string | undefined; key?: string | undefined };

const isOf = ({ actions, resources, partitions }: Statement, { action, on, key }: Call): boolean =>
  on !== undefined &&
  actions.includes(action) &&
  resources.some((resource) => matches(resource, on)) &&
  (partitions === undefined || partitions.some((form) => key !== undefined && matches(form, key)));

export const allows = ({ statements }: Policy, call: Call): boolean =>
  statements.some((statement) => isOf(statement, call));

/**
 * What of a policy no call needed: actions, resources, and the forms of partitions. A call that a statement about
 * partitions allows does not need the one about all.
 */
export const unusedOf = (policy: Policy, calls: readonly Call[]): string[] => {
  const narrow: Policy = { ...policy, statements: policy.statements.filter(({ partitions }) => partitions) };
  return policy.statements.flatMap((statement) => {
    const { actions, resources, partitions } = statement;
    const used = calls.filter(
      (call) => isOf(statement, call) && (partitions !== undefined || !allows(narrow, call)),
    );
    if (used.length === 0)
      return actions.flatMap((action) =>
        resources.map((resource) => [action, 'on', resource, ...(partitions ?? [])].join(' ')),
      );
    const idle = actions.filter((action) => !used.some((call) => call.action === action));
    const untouched = resources.filter((resource) => !used.some(({ on = '' }) => matches(resource, on)));
    return [...idle, ...untouched.map((resource) => `${actions.join(', ')} on ${resource}`)];
  });
};
