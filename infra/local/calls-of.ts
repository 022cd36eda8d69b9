/** A call to AWS in the words of a policy: the action, and what it acts on. */
export type PolicyCall = {
  action: string;
  /**
   * The variable by which the function found it, and the part of it that is meant: `TABLE_NAME/index/byDate`,
   * `DOCUMENTS_BUCKET/pdf/`. What no variable names stands as `=name`.
   */
  resource: string;
  /** Of a write: the item's partition, with `*` for ids. */
  key?: string;
};

type Input = Readonly<Record<string, unknown>>;
/** The variable that holds this name or address. */
type VariableOf = (value: unknown) => string;

const of = (actions: readonly string[], resource: string): PolicyCall[] =>
  actions.map((action) => ({ action, resource }));

/** A transaction needs the actions of its parts. */
const partActions = {
  Put: 'PutItem',
  Update: 'UpdateItem',
  Delete: 'DeleteItem',
  ConditionCheck: 'ConditionCheckItem',
  Get: 'GetItem',
};

/** The partition that a part of a transaction, or a write of one item, is in. */
const partitionOf = ({ Item, Key }: Input): string | undefined => {
  const pk = ((Item ?? Key) as { pk?: string | { S: string } } | undefined)?.pk;
  const text = typeof pk === 'object' ? pk.S : pk;
  return text?.replace(/_[0-9A-HJKMNP-TV-Z]{26}/g, '_*').replace(/#[\w-]{40,}/g, '#*');
};
const write = (action: string, part: Input, variable: VariableOf): PolicyCall => {
  const key = partitionOf(part);
  return {
    action: `dynamodb:${action}`,
    resource: variable(part.TableName),
    ...(key !== undefined && { key }),
  };
};

const tableCalls = (command: string, input: Input, variable: VariableOf): PolicyCall[] => {
  if ('TransactItems' in input)
    return (input.TransactItems as Record<string, Input>[]).flatMap((part) =>
      Object.entries(part).map(([kind, of]) =>
        write(partActions[kind as keyof typeof partActions] ?? kind, of, variable),
      ),
    );
  if ('RequestItems' in input)
    return Object.keys(input.RequestItems as object).flatMap((name) =>
      of([`dynamodb:${command}`], variable(name)),
    );
  if ('Item' in input || ('Key' in input && command !== 'GetItem')) return [write(command, input, variable)];
  const index = input.IndexName === undefined ? '' : `/index/${input.IndexName}`;
  return of([`dynamodb:${command}`], variable(input.TableName) + index);
};

/** S3's commands that have an action of another name. */
const objectActions: Readonly<Record<string, string>> = {
  HeadObject: 'GetObject',
  CreateMultipartUpload: 'PutObject',
  UploadPart: 'PutObject',
  CompleteMultipartUpload: 'PutObject',
  ListParts: 'ListMultipartUploadParts',
};

const bucketCalls = (command: string, input: Input, variable: VariableOf): PolicyCall[] => {
  const bucket = variable(input.Bucket);
  if (typeof input.Key !== 'string')
    return of([command === 'ListObjectsV2' ? 's3:ListBucket' : `s3:${command}`], bucket);
  const [folder] = input.Key.split('/');
  return of([`s3:${objectActions[command] ?? command}`], `${bucket}/${folder}/`);
};

/** SES asks for the identity of the sender's domain and for the configuration set that is named. */
const mailCalls = (command: string, input: Input, variable: VariableOf): PolicyCall[] => {
  const domain = String(input.Source).replace(/^.*@([^>]*)>?$/, '$1');
  const set = input.ConfigurationSetName;
  return [
    ...of([`ses:${command}`], `identity/${domain}`),
    ...(set === undefined ? [] : of([`ses:${command}`], variable(set))),
  ];
};

/** What the command of an SDK client needs to be allowed. */
export const callsOf = (
  client: string,
  command: string,
  input: Input,
  variable: VariableOf,
): PolicyCall[] => {
  const name = command.replace(/Command$/, '');
  switch (client) {
    case 'DynamoDBClient':
      return tableCalls(name, input, variable);
    case 'S3Client':
      return bucketCalls(name, input, variable);
    case 'SQSClient':
      return of([`sqs:${name.replace(/Batch$/, '')}`], variable(input.QueueUrl));
    case 'SESClient':
      return mailCalls(name, input, variable);
    case 'SecretsManagerClient':
      return of([`secretsmanager:${name}`], variable(input.SecretId));
    default:
      return of([`${client}:${name}`], '=unknown');
  }
};

/** Who may not list a bucket is told 403, not 404, of an object that is not there: the answer needed that right too. */
export const furtherCallsOf = (
  client: string,
  input: Input,
  error: unknown,
  variable: VariableOf,
): PolicyCall[] =>
  client === 'S3Client' && error instanceof Error && /^(NoSuchKey|NotFound)$/.test(error.name)
    ? of(['s3:ListBucket'], variable(input.Bucket))
    : [];
