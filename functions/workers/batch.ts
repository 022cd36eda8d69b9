import { BatchProcessor, EventType, processPartialResponse } from '@aws-lambda-powertools/batch';
import type {
  Context,
  DynamoDBBatchResponse,
  DynamoDBRecord,
  DynamoDBStreamEvent,
  SQSBatchResponse,
  SQSEvent,
  SQSRecord,
} from 'aws-lambda';
import { describeError, logger } from '#functions/wiring/logger.ts';

/** A batch, record by record: those that fail are given back alone, the others are done (Powertools for AWS). */

const logged =
  <T>(worker: string, work: (record: T) => Promise<void>) =>
  async (record: T): Promise<void> => {
    try {
      await work(record);
    } catch (error) {
      logger.error('work failed', { worker, error: describeError(error) });
      throw error;
    }
  };

/** A worker on the table's stream. */
export const onStream = (worker: string, work: (record: DynamoDBRecord) => Promise<void>) => {
  const handleRecord = logged(worker, work);
  return async (event: DynamoDBStreamEvent, context: Context): Promise<DynamoDBBatchResponse> =>
    processPartialResponse(event, handleRecord, new BatchProcessor(EventType.DynamoDBStreams), {
      context,
      throwOnFullBatchFailure: false,
    });
};

/** A worker on a queue. */
export const onQueue = (worker: string, work: (record: SQSRecord) => Promise<void>) => {
  const handleRecord = logged(worker, work);
  return async (event: SQSEvent, context: Context): Promise<SQSBatchResponse> =>
    processPartialResponse(event, handleRecord, new BatchProcessor(EventType.SQS), {
      context,
      throwOnFullBatchFailure: false,
    });
};
