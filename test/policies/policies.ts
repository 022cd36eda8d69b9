import type { Synthesized } from '#test/infra/synthesized.ts';
import { arn, resolver } from './resolve.ts';

/** A statement of a policy, every resource an ARN, perhaps with wildcards. */
export type Statement = { actions: readonly string[]; resources: readonly string[] };
/** What a function of a deployment may do, and the variables that it is told. */
export type Policy = { statements: readonly Statement[]; environment: Readonly<Record<string, string>> };

const listed = <T>(value: T | readonly T[]): readonly T[] => (Array.isArray(value) ? value : [value as T]);

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
        .map(({ Effect, Action, Resource, ...rest }): Statement => {
          if (Effect !== 'Allow' || Object.keys(rest).length > 0)
            throw new Error(`only plain grants are understood: ${JSON.stringify(rest)}`);
          const resources = listed(Resource).map((resource) => resolve(resource, stack));
          return { actions: listed<string>(Action), resources };
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

export const allows = ({ statements }: Policy, action: string, on: string): boolean =>
  statements.some(
    ({ actions, resources }) =>
      actions.includes(action) && resources.some((resource) => matches(resource, on)),
  );

/** What a call has to be for a grant to be of use: actions that none was seen of, and resources. */
export const unusedOf = (
  { statements }: Policy,
  calls: readonly { action: string; on: string | undefined }[],
): string[] =>
  statements.flatMap(({ actions, resources }) => {
    const used = calls.filter(
      ({ action, on }) =>
        actions.includes(action) && on !== undefined && resources.some((resource) => matches(resource, on)),
    );
    const idle = actions.filter((action) => !used.some((call) => call.action === action));
    const untouched = resources.filter(
      (resource) => !used.some(({ on }) => on !== undefined && matches(resource, on)),
    );
    // Where nothing of it is used, its actions say so.
    return idle.length === actions.length
      ? idle.flatMap((action) => resources.map((resource) => `${action} on ${resource}`))
      : [...idle, ...untouched.map((resource) => `${actions.join(', ')} on ${resource}`)];
  });
