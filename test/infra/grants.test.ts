import { describe, expect, it } from 'vitest';
import { actions } from '#functions/actions.ts';
import type { Use } from '#functions/http/contract.ts';
import { type Worker, workers } from '#functions/workers.ts';
import { type Resource, synthesize } from './synthesized.ts';

type Statement = { Action: string | string[]; Resource: unknown; Effect: string; Condition?: unknown };
type Granted = {
  actions: Set<string>;
  resources: unknown[];
  conditions: unknown[];
  environment: Record<string, unknown>;
  role: Resource;
};

const logs = ['logs:CreateLogStream', 'logs:PutLogEvents'];

/** Written down a second time, by hand: what each use may do, and what it is told. */
const meaning: Record<Use, { actions: readonly string[]; environment: readonly string[] }> = {
  'table:read': {
    actions: ['dynamodb:GetItem', 'dynamodb:BatchGetItem', 'dynamodb:Query'],
    environment: ['TABLE_NAME'],
  },
  'table:lists': { actions: ['dynamodb:Query'], environment: ['TABLE_NAME'] },
  'table:write': {
    actions: ['dynamodb:PutItem', 'dynamodb:ConditionCheckItem'],
    environment: ['TABLE_NAME'],
  },
  'table:update': { actions: ['dynamodb:UpdateItem'], environment: ['TABLE_NAME'] },
  'table:delete': { actions: ['dynamodb:DeleteItem'], environment: ['TABLE_NAME'] },
  'documents:read': { actions: ['s3:GetObject', 's3:ListBucket'], environment: ['DOCUMENTS_BUCKET'] },
  'documents:write': {
    actions: ['s3:PutObject'],
    environment: ['DOCUMENTS_BUCKET'],
  },
  'documents:delete': {
    actions: ['s3:DeleteObject', 's3:ListBucket'],
    environment: ['DOCUMENTS_BUCKET'],
  },
  'documents:uploads': { actions: ['s3:AbortMultipartUpload'], environment: ['DOCUMENTS_BUCKET'] },
  'queue:export': { actions: ['sqs:SendMessage'], environment: ['EXPORT_QUEUE_URL'] },
  'queue:cleanup': { actions: ['sqs:SendMessage'], environment: ['CLEANUP_QUEUE_URL'] },
  'queue:render': { actions: ['sqs:SendMessage'], environment: ['RENDER_QUEUE_URL'] },
  'queue:email': { actions: ['sqs:SendMessage'], environment: ['EMAIL_QUEUE_URL'] },
  mail: { actions: ['ses:SendRawEmail'], environment: ['MAIL_FROM', 'SES_CONFIGURATION_SET'] },
  'mail:address': { actions: [], environment: ['MAIL_FROM'] },
  secrets: { actions: ['secretsmanager:GetSecretValue'], environment: ['SECRETS_ARN'] },
  payments: { actions: ['secretsmanager:GetSecretValue'], environment: ['STRIPE_SECRETS_ARN'] },
  // Of the invitations of whoever calls, alone: the conditions are below.
  identity: {
    actions: ['dynamodb:PutItem', 'dynamodb:DeleteItem'],
    environment: ['OIDC_ISSUER', 'OIDC_AUDIENCE', 'OIDC_JWKS_URI', 'ACCOUNT_CREATORS'],
  },
};
const streamReading = [
  'dynamodb:DescribeStream',
  'dynamodb:GetRecords',
  'dynamodb:GetShardIterator',
  'dynamodb:ListStreams',
  's3:PutObject',
  's3:ListBucket',
];
const queueReading = [
  'sqs:ReceiveMessage',
  'sqs:DeleteMessage',
  'sqs:GetQueueAttributes',
  'sqs:ChangeMessageVisibility',
];
const ofAll = [
  'BASE_URL',
  'ALLOWED_ORIGINS',
  'LINK_DOMAINS',
  'POWERTOOLS_SERVICE_NAME',
  'POWERTOOLS_METRICS_NAMESPACE',
  'POWERTOOLS_LOG_LEVEL',
];

/** What each function may do, by its name. */
const granted = new Map<string, Granted>();
for (const { resources } of synthesize())
  for (const { Type, Properties } of Object.values(resources)) {
    if (Type !== 'AWS::Lambda::Function') continue;
    const [roleId = ''] = Properties.Role['Fn::GetAtt'];
    const statements = Object.values(resources)
      .filter((resource) => resource.Type === 'AWS::IAM::Policy')
      .filter((policy) => JSON.stringify(policy.Properties.Roles) === JSON.stringify([{ Ref: roleId }]))
      .flatMap((policy): Statement[] => policy.Properties.PolicyDocument.Statement);
    granted.set(Properties.FunctionName.replace('quittance-dev-', ''), {
      actions: new Set(statements.flatMap(({ Action }) => Action)),
      resources: statements.flatMap(({ Resource }) => Resource),
      conditions: statements.flatMap(({ Action, Condition }) => (Condition ? [{ Action, Condition }] : [])),
      environment: Properties.Environment.Variables,
      role: resources[roleId] ?? { Type: 'none', Properties: {} },
    });
  }

const furtherOf = (trigger: Worker['trigger']): readonly string[] => {
  if ('queue' in trigger) return queueReading;
  return 'stream' in trigger ? streamReading : [];
};

const functions = [
  ...actions.map(({ name, uses }) => ({ name, uses, further: [] as readonly string[] })),
  ...workers.map(({ name, uses, trigger }) => ({
    name,
    uses,
    further: furtherOf(trigger),
  })),
  { name: 'default-route', uses: [] as readonly Use[], further: [] },
];

describe.each(functions)('$name', ({ name, uses, further }) => {
  const found = granted.get(name);

  it('may do what its uses need, and nothing else', () => {
    const expected = new Set([...logs, ...further, ...uses.flatMap((use) => meaning[use].actions)]);
    expect(found?.actions).toEqual(expected);
    expect(found?.role.Properties).not.toHaveProperty('ManagedPolicyArns');
  });

  it('may do it to named resources alone', () => {
    for (const resource of found?.resources ?? ['*']) {
      expect(resource).not.toBe('*');
      expect(JSON.stringify(resource)).toMatch(/"Fn::GetAtt"|"Fn::ImportValue"|"Ref"/);
      expect(JSON.stringify(resource)).not.toMatch(/:(table|identity|secret)\/?\*/);
    }
  });

  it('is told what its uses need, and nothing else', () => {
    const expected = new Set([...ofAll, ...uses.flatMap((use) => meaning[use].environment)]);
    expect(new Set(Object.keys(found?.environment ?? {}))).toEqual(expected);
  });
});

describe('who may only read', () => {
  it('PERM-8: writes what accepting an invitation writes, and nothing else', () => {
    const only = (...forms: string[]) => ({
      'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': forms },
    });
    const reader = granted.get('get-invoice');
    expect(reader?.conditions).toEqual([
      { Action: 'dynamodb:PutItem', Condition: only('U#*', 'A#*#MEMBERS') },
      { Action: 'dynamodb:DeleteItem', Condition: only('INVITED#*') },
    ]);
  });
});

describe('e-mail', () => {
  it('is sent from the stage’s own addresses, by its configuration set', () => {
    const resources = JSON.stringify(granted.get('send-email')?.resources);
    expect(resources).toContain(':identity/invoices@example.com');
    expect(resources).toContain(':identity/example.com');
    expect(resources).toContain(':configuration-set/quittance-dev');
  });
});
