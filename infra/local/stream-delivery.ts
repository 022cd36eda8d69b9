import type { Context, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import { lambdaContext } from './lambda-context.ts';

const FUNCTION_BUDGET_MS = 60_000;

export interface BatchAnswer {
  batchItemFailures?: { itemIdentifier: string }[];
}

export interface StreamReader {
  readonly name: string;
  readonly handler: (
    event: DynamoDBStreamEvent,
    context: Context,
  ) => Promise<BatchAnswer | undefined> | Promise<void>;
  /** Records in one call at most; 100 if absent. */
  readonly batchSize?: number;
  /** Calls for one record before it is given up; 5 if absent. */
  readonly maxAttempts?: number;
}

export interface Delivery {
  /** All records up to this sequence number are dealt with. */
  onProgress(sequenceNumber: string): Promise<void>;
  onFailed(records: DynamoDBRecord[], error: unknown): Promise<void>;
  /** Waits before another attempt, `attempt` counting from 1. */
  backOff(attempt: number): Promise<void>;
  stopped(): boolean;
}

/**
 * Hands records of one shard to a reader, in order, until each is dealt with, as Lambda's event source
 * mapping does with partial batch answers and bisection: what precedes the lowest failure is done and not
 * delivered again, a call that throws is repeated with half the records, and a record that fails to the end
 * is given to `onFailed` alone, so that its neighbours are not lost with it.
 */
export async function deliver(
  reader: StreamReader,
  records: readonly DynamoDBRecord[],
  delivery: Delivery,
): Promise<void> {
  const { maxAttempts = 5 } = reader;
  let next = 0;
  let size = records.length;
  let failures = 0;
  let pauses = 0;

  const advance = async (count: number) => {
    if (count === 0) return;
    next += count;
    failures = 0;
    pauses = 0;
    await delivery.onProgress(sequenceNumber(records[next - 1]));
  };

  while (next < records.length && !delivery.stopped()) {
    const batch = records.slice(next, next + size);
    const outcome = await attempt(reader, batch);
    await advance(outcome.done);
    if (outcome.done === batch.length) {
      size = records.length;
      continue;
    }
    const head = records[next] as DynamoDBRecord;
    // Only a failure that can be laid to one record counts against it; the others narrow it down.
    if (outcome.blamed || batch.length === 1) failures += 1;
    else size = Math.ceil(batch.length / 2);
    if (failures >= maxAttempts) {
      if (!(await handOver(head, outcome.error, delivery))) return;
      await advance(1);
      size = records.length;
    } else {
      pauses += 1;
      await delivery.backOff(pauses);
    }
  }
}

interface Outcome {
  /** How many records from the start of the batch are dealt with. */
  done: number;
  /** The function named the record after those as the one that failed. */
  blamed: boolean;
  error?: unknown;
}

async function attempt(reader: StreamReader, batch: DynamoDBRecord[]): Promise<Outcome> {
  try {
    const answer = await reader.handler(
      { Records: structuredClone(batch) },
      lambdaContext(reader.name, FUNCTION_BUDGET_MS),
    );
    const failed = (answer?.batchItemFailures ?? []).map(({ itemIdentifier }) =>
      batch.findIndex((record) => sequenceNumber(record) === itemIdentifier),
    );
    if (failed.length === 0) return { done: batch.length, blamed: false };
    const lowest = Math.min(...failed);
    // An identifier that is none of the batch's fails the whole batch, as in Lambda.
    if (lowest < 0)
      return { done: 0, blamed: false, error: new Error('An unknown record was named as failed.') };
    return { done: lowest, blamed: true, error: new Error('The function named this record as failed.') };
  } catch (error) {
    return { done: 0, blamed: false, error };
  }
}

/** A record is not let go before someone has it: false if the poller was stopped first. */
async function handOver(record: DynamoDBRecord, error: unknown, delivery: Delivery): Promise<boolean> {
  for (let attempts = 1; !delivery.stopped(); attempts++) {
    try {
      await delivery.onFailed([record], error);
      return true;
    } catch {
      await delivery.backOff(attempts);
    }
  }
  return false;
}

const sequenceNumber = (record: DynamoDBRecord | undefined) => record?.dynamodb?.SequenceNumber ?? '';
