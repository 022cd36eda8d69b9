import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { Use } from '#functions/http/contract.ts';
import type { QueueName } from '#functions/workers.ts';
import type { Issuer, Stage } from '#infra/stage.ts';

/** What Lambdas may be let at. */
export type Resources = {
  stage: Stage;
  /** Whose tokens sign people in. */
  issuer: Issuer;
  table: ITable;
  documents: IBucket;
  secrets: ISecret;
  /** Keys of the payment provider. */
  stripe: ISecret;
  queues: Readonly<Record<QueueName, IQueue>>;
  mail: MailIdentities;
};
export type MailIdentities = {
  configurationSet: string;
  arns: readonly string[];
  /** What becomes of the e-mails, as SES tells it. */
  events: ITopic;
};

type Provision = {
  /** The variables by which functions/wiring finds the resource. */
  environment: Record<string, string>;
  /** The actions that the code calls, on that resource alone. */
  grants: readonly PolicyStatement[];
};

const allow = (actions: readonly string[], ...resources: readonly string[]): PolicyStatement =>
  new PolicyStatement({ actions: [...actions], resources: [...resources] });

const inTable = (action: string): string => `dynamodb:${action}`;
/** The action on items whose partition is of one of these forms, and on no other. */
const allowPartitions = (table: ITable, action: string, partitions: readonly string[]): PolicyStatement =>
  new PolicyStatement({
    actions: [inTable(action)],
    resources: [table.tableArn],
    conditions: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': [...partitions] } },
  });

const onTable = ({ table }: Resources, grant: PolicyStatement): Provision => ({
  environment: { TABLE_NAME: table.tableName },
  grants: [grant],
});
const onDocuments = ({ documents }: Resources, ...grants: PolicyStatement[]): Provision => ({
  environment: { DOCUMENTS_BUCKET: documents.bucketName },
  grants,
});
const onQueue = (variable: string, queue: IQueue): Provision => ({
  environment: { [variable]: queue.queueUrl },
  grants: [allow(['sqs:SendMessage'], queue.queueArn)],
});

/** Every use with the variables and grants that it means: the only place that says so. */
const provisions: Record<Use, (resources: Resources) => Provision> = {
  'table:read': (resources) =>
    onTable(resources, allow(['GetItem', 'BatchGetItem', 'Query'].map(inTable), resources.table.tableArn)),
  'table:lists': (resources) =>
    onTable(resources, allow([inTable('Query')], `${resources.table.tableArn}/index/*`)),
  // A transaction needs the actions of its parts.
  'table:write': (resources) =>
    onTable(resources, allow(['PutItem', 'ConditionCheckItem'].map(inTable), resources.table.tableArn)),
  'table:update': (resources) => onTable(resources, allow([inTable('UpdateItem')], resources.table.tableArn)),
  'table:delete': (resources) => onTable(resources, allow([inTable('DeleteItem')], resources.table.tableArn)),
  // Who may not list a bucket is told 403, not 404, of an object that is not there yet.
  'documents:read': (resources) =>
    onDocuments(
      resources,
      allow(['s3:GetObject'], resources.documents.arnForObjects('*')),
      allow(['s3:ListBucket'], resources.documents.bucketArn),
    ),
  'documents:write': (resources) =>
    onDocuments(resources, allow(['s3:PutObject'], resources.documents.arnForObjects('*'))),
  // What is deleted is found by its prefix first.
  'documents:delete': (resources) =>
    onDocuments(
      resources,
      allow(['s3:DeleteObject'], resources.documents.arnForObjects('*')),
      allow(['s3:ListBucket'], resources.documents.bucketArn),
    ),
  // Whoever writes in parts may begin one; this is to give one up.
  'documents:uploads': (resources) =>
    onDocuments(resources, allow(['s3:AbortMultipartUpload'], resources.documents.arnForObjects('*'))),
  'queue:render': ({ queues }) => onQueue('RENDER_QUEUE_URL', queues.render),
  'queue:email': ({ queues }) => onQueue('EMAIL_QUEUE_URL', queues.email),
  'queue:cleanup': ({ queues }) => onQueue('CLEANUP_QUEUE_URL', queues.cleanup),
  'queue:export': ({ queues }) => onQueue('EXPORT_QUEUE_URL', queues.export),
  mail: ({ mail, stage }) => ({
    environment: { MAIL_FROM: stage.mailFrom, SES_CONFIGURATION_SET: mail.configurationSet },
    grants: [allow(['ses:SendRawEmail'], ...mail.arns)],
  }),
  // Who writes an e-mail that another function sends.
  'mail:address': ({ stage }) => ({ environment: { MAIL_FROM: stage.mailFrom }, grants: [] }),
  secrets: ({ secrets }) => ({
    environment: { SECRETS_ARN: secrets.secretArn },
    grants: [allow(['secretsmanager:GetSecretValue'], secrets.secretArn)],
  }),
  payments: ({ stripe }) => ({
    environment: { STRIPE_SECRETS_ARN: stripe.secretArn },
    grants: [allow(['secretsmanager:GetSecretValue'], stripe.secretArn)],
  }),
  // Any first call of an invited person accepts the invitations (PERM-8), a mere reading too.
  identity: ({ stage: { accountCreators }, issuer, table }) => ({
    environment: {
      OIDC_ISSUER: issuer.issuer,
      OIDC_AUDIENCE: issuer.audience,
      OIDC_JWKS_URI: issuer.jwksUri,
      ACCOUNT_CREATORS: accountCreators.join(','),
    },
    grants: [
      allowPartitions(table, 'PutItem', ['U#*', 'A#*#MEMBERS']),
      allowPartitions(table, 'DeleteItem', ['INVITED#*']),
    ],
  }),
};

/** The variables and grants of all of a Lambda's uses. */
export const provide = (uses: readonly Use[], resources: Resources): Provision => {
  const provided = uses.map((use) => provisions[use](resources));
  return {
    environment: Object.assign({}, ...provided.map(({ environment }) => environment)),
    grants: provided.flatMap(({ grants }) => grants),
  };
};
