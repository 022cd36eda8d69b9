import { Duration, RemovalPolicy, SecretValue, Stack, type StackProps } from 'aws-cdk-lib';
import { AttributeType, BillingMode, ProjectionType, StreamViewType, Table } from 'aws-cdk-lib/aws-dynamodb';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import { PrivateBucket } from '#infra/constructs/private-bucket.ts';
import { ServiceSecrets } from '#infra/constructs/service-secrets.ts';
import type { Stage } from '#infra/stage.ts';
import { tableDefinition } from '#lib/data/indexes.ts';

/** Days that what was deleted can be brought back: as long as point-in-time recovery goes. */
const recoveryDays = 35;

/** What would hurt to lose: it outlives the stack. */
export class DataStack extends Stack {
  readonly table: Table;
  readonly documents: Bucket;
  readonly secrets: Secret;
  /** `{"secretKey": "sk_…", "webhookSecrets": ["whsec_…"]}`, put in by hand; until then nothing is paid online. */
  readonly stripe: Secret;

  constructor(scope: Construct, id: string, { stage, ...props }: StackProps & { stage: Stage }) {
    super(scope, id, { ...props, terminationProtection: true });
    this.table = createTable(this);
    this.documents = new PrivateBucket(this, 'Documents', {
      versioned: true,
      lifecycleRules: [
        {
          id: 'deleted',
          noncurrentVersionExpiration: Duration.days(recoveryDays),
          expiredObjectDeleteMarker: true,
        },
      ],
    });
    this.secrets = new ServiceSecrets(this, 'ServiceSecrets', stage).secret;
    this.stripe = new Secret(this, 'Stripe', {
      description: 'Keys of the Stripe account of Quittance: secretKey, webhookSecrets',
      secretStringValue: SecretValue.unsafePlainText('{}'),
      removalPolicy: RemovalPolicy.RETAIN,
    });
  }
}

const createTable = (stack: Stack): Table => {
  const text = (name: string) => ({ name, type: AttributeType.STRING });
  const table = new Table(stack, 'Table', {
    partitionKey: text(tableDefinition.partitionKey),
    sortKey: text(tableDefinition.sortKey),
    billingMode: BillingMode.PAY_PER_REQUEST,
    stream: StreamViewType.NEW_AND_OLD_IMAGES,
    timeToLiveAttribute: tableDefinition.timeToLive,
    pointInTimeRecoverySpecification: {
      pointInTimeRecoveryEnabled: true,
      recoveryPeriodInDays: recoveryDays,
    },
    deletionProtection: true,
    removalPolicy: RemovalPolicy.RETAIN,
  });
  for (const index of tableDefinition.indexes)
    table.addGlobalSecondaryIndex({
      indexName: index.name,
      partitionKey: text(index.pk),
      sortKey: text(index.sk),
      // A projection that includes nothing is refused.
      ...(index.projected.length === 0
        ? { projectionType: ProjectionType.KEYS_ONLY }
        : { projectionType: ProjectionType.INCLUDE, nonKeyAttributes: [...index.projected] }),
    });
  return table;
};
