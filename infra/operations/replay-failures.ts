import {
  DeleteObjectCommand,
  GetObjectCommand,
  paginateListObjectsV2,
  type S3Client,
} from '@aws-sdk/client-s3';
import type { DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import * as z from 'zod';

/** What Lambda leaves in the bucket when a reader of a stream gave records up: where it failed, and the whole event. */
const failure = z.object({
  requestContext: z.object({ functionArn: z.string() }),
  payload: z.union([z.string().transform((text): unknown => JSON.parse(text)), z.looseObject({})]),
});
const streamEvent = z.looseObject({ Records: z.array(z.custom<DynamoDBRecord>((value) => value !== null)) });

/** Under which Lambda files what failed: the mapping, the shard and the time follow. */
export const failuresPrefix = 'aws/lambda/';

/** What a function answered to a batch; throws where the call failed as a whole. */
export type Invoke = (
  event: DynamoDBStreamEvent,
) => Promise<{ batchItemFailures?: readonly unknown[] } | undefined>;

export type Replayed = {
  /** Records that the function took, and the objects that are gone with them. */
  records: number;
  removed: number;
  /** Objects that stay, with why. */
  left: { key: string; why: string }[];
};

/** A call takes 6 MB. */
const mostBytes = 5_000_000;

/** Records in as many calls as their size needs. */
const callsOf = (records: readonly DynamoDBRecord[]): DynamoDBRecord[][] => {
  const calls: DynamoDBRecord[][] = [];
  let bytes = 0;
  for (const record of records) {
    const size = Buffer.byteLength(JSON.stringify(record));
    if (calls.length === 0 || bytes + size > mostBytes) {
      calls.push([]);
      bytes = 0;
    }
    calls.at(-1)?.push(record);
    bytes += size;
  }
  return calls;
};

const isOf = (functionArn: string, functionName: string): boolean =>
  functionArn.split(':').at(6) === functionName;

/**
 * Gives a reader what it gave up on once more, oldest first, and removes from the bucket what it took. What fails again
 * stays whole: readers are idempotent, so that a part of it taken twice does no harm.
 */
export const replayFailures = async (
  { s3, bucket }: { s3: S3Client; bucket: string },
  functionName: string,
  invoke: Invoke,
): Promise<Replayed> => {
  const replayed: Replayed = { records: 0, removed: 0, left: [] };
  for await (const key of keysIn(s3, bucket)) {
    try {
      const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
      const { requestContext, payload } = failure.parse(JSON.parse((await Body?.transformToString()) ?? ''));
      if (!isOf(requestContext.functionArn, functionName)) continue;
      const { Records } = streamEvent.parse(payload);
      for (const call of callsOf(Records)) await giveAgain(invoke, call);
      await s3.send(new DeleteObjectCommand({ Bucket: bucket, Key: key }));
      replayed.records += Records.length;
      replayed.removed += 1;
    } catch (error) {
      replayed.left.push({ key, why: error instanceof Error ? error.message : String(error) });
    }
  }
  return replayed;
};

/** The keys of failures, page by page: what is removed meanwhile does not move the next page. */
async function* keysIn(s3: S3Client, bucket: string): AsyncGenerator<string> {
  for await (const { Contents = [] } of paginateListObjectsV2(
    { client: s3 },
    { Bucket: bucket, Prefix: failuresPrefix },
  ))
    for (const { Key } of Contents) if (Key !== undefined) yield Key;
}

const giveAgain = async (invoke: Invoke, records: DynamoDBRecord[]): Promise<void> => {
  const failed = (await invoke({ Records: records }))?.batchItemFailures?.length ?? 0;
  if (failed > 0) throw new Error(`the function gave ${failed} of ${records.length} records back`);
};
