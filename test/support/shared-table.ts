import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { createTable } from '#infra/local/resources.ts';
import type { Key } from '#lib/data/keys.ts';
import { type Item, type Table, tableAt } from '#lib/data/table.ts';
import { service } from './service.ts';

/**
 * The table and the bucket of the service that all integration tests share, past the service: for states that a client
 * can't bring about, and for what must be gone.
 */
const at = (endpoint: string) => {
  const { environment } = service();
  return {
    region: environment.AWS_REGION as string,
    endpoint: environment[`AWS_ENDPOINT_URL_${endpoint}`] as string,
    credentials: {
      accessKeyId: environment.AWS_ACCESS_KEY_ID as string,
      secretAccessKey: environment.AWS_SECRET_ACCESS_KEY as string,
    },
  };
};

let table: Table | undefined;
/** A new table of the same database, on which no worker of the shared service works. */
export const newTable = async (name: string): Promise<Table> => {
  await createTable(new DynamoDBClient(at('DYNAMODB')), name);
  return tableAt(name, at('DYNAMODB'));
};
export const sharedTable = (): Table => {
  table ??= tableAt(service().environment.TABLE_NAME as string, at('DYNAMODB'));
  return table;
};

/** The keys of what lies in the bucket under a prefix. */
export const documentKeys = async (prefix: string): Promise<string[]> => {
  const s3 = new S3Client({ ...at('S3'), forcePathStyle: true });
  const { Contents = [] } = await s3.send(
    new ListObjectsV2Command({ Bucket: service().environment.DOCUMENTS_BUCKET, Prefix: prefix }),
  );
  return Contents.flatMap(({ Key: key }) => key ?? []);
};

/** Changes what an item says of its record, and nothing else of it. */
export const patchStored = async (key: Key, data: Record<string, unknown>): Promise<void> => {
  const { client, name } = sharedTable();
  const { Item: item } = await client.send(
    new GetCommand({ TableName: name, Key: key, ConsistentRead: true }),
  );
  if (item === undefined) throw new Error(`nothing at ${key.pk} ${key.sk}`);
  const { data: before, ...rest } = item as Item & { data: object };
  await client.send(new PutCommand({ TableName: name, Item: { ...rest, data: { ...before, ...data } } }));
};
