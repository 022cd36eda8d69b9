import { ListObjectsV2Command, PutObjectCommand } from '@aws-sdk/client-s3';
import type { DynamoDBRecord } from 'aws-lambda';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { s3 } from '#functions/wiring/documents.ts';
import { table } from '#functions/wiring/table.ts';
import { handlerOf } from '#infra/local/handler-of.ts';
import { lambdaContext } from '#infra/local/lambda-context.ts';
import { createBucket } from '#infra/local/resources.ts';
import { failuresPrefix, type Invoke, replayFailures } from '#infra/operations/replay-failures.ts';
import { historyKey } from '#lib/data/keys.ts';
import { queryAll } from '#lib/data/table.ts';
import { newDraft, newInvoice, ok } from '#test/support/account.ts';
import { type OwnService, startOwnService } from '#test/support/in-process.ts';
import type { Json } from '#test/support/service.ts';

let own: OwnService;
let bucket: string;
let buckets = 0;
beforeAll(async () => {
  own = await startOwnService();
});
afterAll(() => own.stop());
beforeEach(async () => {
  buckets += 1;
  bucket = `failures-${process.pid}-${Date.now()}-${buckets}`;
  await createBucket(s3(), bucket);
});

const functionOf = (reader: string): string => `quittance-dev-${reader}`;
const arnOf = (reader: string): string =>
  `arn:aws:lambda:eu-west-1:123456789012:function:${functionOf(reader)}`;

/** What failed, as Lambda files it. */
const leave = async (reader: string, records: readonly DynamoDBRecord[], name: string): Promise<string> => {
  const Key = `${failuresPrefix}0f1e2d3c-mapping/shardId-000/2026/11/24/2026-11-24T10.00.00-${name}`;
  const Body = JSON.stringify({
    requestContext: {
      requestId: '316aa6d0-8154-xmpl-9af7-85d5f4a6bc81',
      functionArn: `${arnOf(reader)}:$LATEST`,
      condition: 'RetryAttemptsExhausted',
      approximateInvokeCount: 6,
    },
    responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
    version: '1.0',
    timestamp: '2026-11-24T10:00:00.000Z',
    DDBStreamBatchInfo: { shardId: 'shardId-000', batchSize: records.length },
    payload: JSON.stringify({ Records: records }),
  });
  await s3().send(new PutObjectCommand({ Bucket: bucket, Key, Body }));
  return Key;
};
const left = async (): Promise<string[]> => {
  const { Contents = [] } = await s3().send(new ListObjectsV2Command({ Bucket: bucket }));
  return Contents.flatMap(({ Key }) => Key ?? []);
};
const recordHistory: Invoke = async (event) => {
  const handler = await handlerOf('#functions/workers/record-history.ts');
  return handler(event, lambdaContext('record-history', 60_000));
};
const historyOf = (accountId: string, { id }: Json) =>
  queryAll(table(), { pk: historyKey(accountId, id, '', '').pk });
const replay = (invoke: Invoke = recordHistory) =>
  replayFailures({ s3: s3(), bucket }, functionOf('record-history'), invoke);

it('HIST-3: what record-history gave up on is recorded by a replay, and a second one changes nothing', async () => {
  const { id, admin } = await own.newAccount();
  const invoice = await newInvoice(admin);
  const records = await own.records(id);
  await leave('record-history', records.slice(0, 2), 'a');
  await leave('record-history', records.slice(2), 'b');
  const before = await historyOf(id, invoice);
  expect(await replay()).toEqual({ records: records.length, removed: 2, left: [] });
  const recorded = await historyOf(id, invoice);
  expect(recorded.length).toBeGreaterThan(before.length);
  expect(await left()).toEqual([]);
  await leave('record-history', records, 'again');
  await replay();
  expect(await historyOf(id, invoice)).toEqual(recorded);
});

it('leaves what another reader gave up on to that reader', async () => {
  const { id, admin } = await own.newAccount();
  await newDraft(admin);
  const key = await leave('relay-outbox', await own.records(id), 'a');
  expect(await replay()).toEqual({ records: 0, removed: 0, left: [] });
  expect(await left()).toEqual([key]);
});

it('keeps what fails again, and what it can’t read, says why, and goes on', async () => {
  const { id, admin } = await own.newAccount();
  const draft = await newDraft(admin);
  ok(await admin.patch(`/v1/invoices/${draft.id}`, { title: 'March' }));
  const records = await own.records(id);
  const [header] = records.filter(({ dynamodb }) => dynamodb?.NewImage?.sk?.S === 'I#HEADER');
  const broken = structuredClone(header as DynamoDBRecord);
  Object.assign(broken.dynamodb?.NewImage ?? {}, { change: { S: 'no stamp' } });
  const bad = await leave('record-history', [broken], 'bad');
  await leave('record-history', records, 'good');
  const strange = `${failuresPrefix}strange`;
  await s3().send(new PutObjectCommand({ Bucket: bucket, Key: strange, Body: 'not what Lambda writes' }));
  const { removed, left: kept } = await replay();
  expect(removed).toBe(1);
  expect(kept.map(({ key }) => key)).toEqual([bad, strange]);
  expect(kept[0]?.why).toBe('the function gave 1 of 1 records back');
  expect(await left()).toEqual([bad, strange]);
});
