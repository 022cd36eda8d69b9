import {
  CreateTableCommand,
  type DynamoDBClient,
  ResourceInUseException,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';
import { CreateBucketCommand, type S3Client } from '@aws-sdk/client-s3';
import { CreateQueueCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { tableDefinition } from '#lib/data/indexes.ts';

/** What the stacks deploy, on the emulators: the table with its lists and stream, the bucket, the queues. */

const { partitionKey, sortKey, indexes } = tableDefinition;
const keySchema = (pk: string, sk: string) => [
  { AttributeName: pk, KeyType: 'HASH' as const },
  { AttributeName: sk, KeyType: 'RANGE' as const },
];

export const createTable = async (client: DynamoDBClient, name: string): Promise<void> => {
  const keys = [partitionKey, sortKey, ...indexes.flatMap(({ pk, sk }) => [pk, sk])];
  try {
    await client.send(
      new CreateTableCommand({
        TableName: name,
        BillingMode: 'PAY_PER_REQUEST',
        KeySchema: keySchema(partitionKey, sortKey),
        AttributeDefinitions: keys.map((key) => ({ AttributeName: key, AttributeType: 'S' })),
        GlobalSecondaryIndexes: indexes.map(({ name: IndexName, pk, sk, projected }) => ({
          IndexName,
          KeySchema: keySchema(pk, sk),
          Projection:
            projected.length === 0
              ? { ProjectionType: 'KEYS_ONLY' }
              : { ProjectionType: 'INCLUDE', NonKeyAttributes: [...projected] },
        })),
        StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' },
      }),
    );
  } catch (error) {
    if (!(error instanceof ResourceInUseException)) throw error;
  }
  await waitUntilTableExists({ client, maxWaitTime: 30, minDelay: 0.2, maxDelay: 0.5 }, { TableName: name });
};

/** A bucket that is there already is the one of an earlier start. */
export const createBucket = async (client: S3Client, name: string): Promise<void> => {
  try {
    await client.send(new CreateBucketCommand({ Bucket: name }));
  } catch (error) {
    if (!(error instanceof Error && /^Bucket(AlreadyExists|AlreadyOwnedByYou)$/.test(error.name)))
      throw error;
  }
};

/** A queue with its dead-letter queue, as the workers stack has them. */
export const createQueue = async (
  client: SQSClient,
  name: string,
  arnOf: (name: string) => string,
  visibilitySeconds: number,
): Promise<void> => {
  const dead = `${name}-dead`;
  await client.send(new CreateQueueCommand({ QueueName: dead }));
  await client.send(
    new CreateQueueCommand({
      QueueName: name,
      Attributes: {
        VisibilityTimeout: String(visibilitySeconds),
        RedrivePolicy: JSON.stringify({ deadLetterTargetArn: arnOf(dead), maxReceiveCount: 10 }),
      },
    }),
  );
};
