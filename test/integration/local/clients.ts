import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams';
import { S3Client } from '@aws-sdk/client-s3';
import { SESClient } from '@aws-sdk/client-ses';
import { SQSClient } from '@aws-sdk/client-sqs';
import { LOCAL_CREDENTIALS } from '#infra/local/s3-signature.ts';

const common = (endpoint: string) => ({ endpoint, region: 'eu-west-1', credentials: LOCAL_CREDENTIALS });

export const dynamoDbClient = (endpoint: string) => new DynamoDBClient(common(endpoint));
export const streamsClient = (endpoint: string) => new DynamoDBStreamsClient(common(endpoint));
export const sqsClient = (endpoint: string) => new SQSClient(common(endpoint));
export const sesClient = (endpoint: string) => new SESClient({ ...common(endpoint), maxAttempts: 1 });
export const s3Client = (endpoint: string) =>
  new S3Client({ ...common(endpoint), forcePathStyle: true, requestChecksumCalculation: 'WHEN_REQUIRED' });
