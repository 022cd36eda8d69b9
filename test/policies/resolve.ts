import type { Resource, Synthesized } from '#test/infra/synthesized.ts';

/** Account and Region of the ARNs here: any would do. */
export const place = 'eu-west-1:123456789012';
const partition = 'aws';

export const arn = {
  table: (name: string) => `arn:${partition}:dynamodb:${place}:table/${name}`,
  bucket: (name: string) => `arn:${partition}:s3:::${name}`,
  queue: (name: string) => `arn:${partition}:sqs:${place}:${name}`,
  secret: (name: string) => `arn:${partition}:secretsmanager:${place}:secret:${name}`,
  mail: (resource: string) => `arn:${partition}:ses:${place}:${resource}`,
};

/** What `Ref` and `Fn::GetAtt` give of a resource, as far as functions and policies name it. */
const attributesOf = (name: string, { Type, Properties }: Resource): Record<string, string> => {
  switch (Type) {
    case 'AWS::DynamoDB::Table':
      return { Ref: name, Arn: arn.table(name), StreamArn: `${arn.table(name)}/stream/now` };
    case 'AWS::S3::Bucket':
      return { Ref: name, Arn: arn.bucket(name) };
    case 'AWS::SQS::Queue': {
      const queue = Properties.QueueName ?? name;
      return { Ref: `https://sqs/${queue}`, Arn: arn.queue(queue) };
    }
    case 'AWS::SecretsManager::Secret':
      return { Ref: arn.secret(name) };
    case 'AWS::SES::ConfigurationSet':
      return { Ref: Properties.Name };
    default:
      return {};
  }
};

const pseudo: Readonly<Record<string, string>> = {
  'AWS::Partition': partition,
  'AWS::Region': place.split(':')[0] ?? '',
  'AWS::AccountId': place.split(':')[1] ?? '',
};

// biome-ignore lint/suspicious/noExplicitAny: what stands in an expression is as its function wants it
type Expression = Readonly<Record<string, any>>;

/** Works out CloudFormation's expressions of a stack's template, with names that are made up where it makes them up. */
export const resolver = (stacks: readonly Synthesized[]) => {
  const exported = new Map(
    stacks.flatMap((from) => Object.entries(from.exports).map(([name, value]) => [name, { from, value }])),
  );
  const resolve = (expression: unknown, stack: Synthesized): string => {
    if (typeof expression === 'string') return expression;
    const [[fn, value] = ['nothing', '']] = Object.entries(expression as Expression);
    switch (fn) {
      case 'Ref':
        return pseudo[value] ?? attribute(value, 'Ref', stack);
      case 'Fn::GetAtt':
        return attribute(value[0], value[1], stack);
      case 'Fn::Join':
        return (value[1] as unknown[]).map((part) => resolve(part, stack)).join(value[0]);
      case 'Fn::ImportValue': {
        const found = exported.get(value);
        if (found === undefined) throw new Error(`${stack.stack} imports ${value}, which no stack exports`);
        return resolve(found.value, found.from);
      }
      default:
        throw new Error(`${stack.stack}: ${JSON.stringify(expression)} is not understood`);
    }
  };
  const attribute = (id: string, name: string, stack: Synthesized): string => {
    const resource = stack.resources[id];
    if (resource === undefined) throw new Error(`${stack.stack} has no ${id}`);
    const made = `${stack.stack}.${id}`;
    return attributesOf(made, resource)[name] ?? `${made}.${name}`;
  };
  return resolve;
};
