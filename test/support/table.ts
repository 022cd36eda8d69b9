import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, paginateScan } from '@aws-sdk/lib-dynamodb';
import { type Json, service } from './service.ts';

/** What lies in the table, read past the service: for promises about what is stored and what is not. */

const client = (): DynamoDBDocumentClient => {
  const { environment } = service();
  return DynamoDBDocumentClient.from(
    new DynamoDBClient({
      region: environment.AWS_REGION as string,
      endpoint: environment.AWS_ENDPOINT_URL_DYNAMODB as string,
      credentials: {
        accessKeyId: environment.AWS_ACCESS_KEY_ID as string,
        secretAccessKey: environment.AWS_SECRET_ACCESS_KEY as string,
      },
    }),
  );
};

/** Every item whose partition begins so. */
export const itemsUnder = async (prefix: string): Promise<Json[]> => {
  const pages = paginateScan(
    { client: client() },
    {
      TableName: service().environment.TABLE_NAME as string,
      FilterExpression: 'begins_with(pk, :prefix)',
      ExpressionAttributeValues: { ':prefix': prefix },
      ConsistentRead: true,
    },
  );
  const items: Json[] = [];
  for await (const page of pages) items.push(...(page.Items ?? []));
  return items;
};
