import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CreateTableCommand,
  DeleteItemCommand,
  type DynamoDBClient,
  PutItemCommand,
  UpdateTableCommand,
} from '@aws-sdk/client-dynamodb';
import type { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams';
import type { DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type DynamoDbLocal, startDynamoDb } from '#infra/local/dynamodb.ts';
import { freePort } from '#infra/local/loopback.ts';
import { type StreamPoller, type StreamReader, startStreamPoller } from '#infra/local/stream-poller.ts';
import { readableShards } from '#infra/local/stream-shards.ts';
import { dynamoDbClient, streamsClient } from './clients.ts';

let database: DynamoDbLocal;
let client: DynamoDBClient;
let streams: DynamoDBStreamsClient;
beforeAll(async () => {
  database = await startDynamoDb({ port: await freePort(), dataDir: undefined });
  client = dynamoDbClient(database.endpoint);
  streams = streamsClient(database.endpoint);
});
afterAll(() => database.stop());

let tableName = '';
let tables = 0;
let folder = '';
const running: StreamPoller[] = [];
beforeEach(async () => {
  tables += 1;
  tableName = `table-${tables}`;
  folder = await mkdtemp(join(tmpdir(), 'quittance-stream-'));
  await client.send(
    new CreateTableCommand({
      TableName: tableName,
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
      AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
      StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' },
    }),
  );
});
afterEach(async () => {
  await Promise.all(running.splice(0).map((poller) => poller.stop()));
  await rm(folder, { recursive: true });
});

const put = (pk: string) =>
  client.send(new PutItemCommand({ TableName: tableName, Item: { pk: { S: pk } } }));
const putAll = async (...keys: string[]) => {
  for (const key of keys) await put(key);
};
const keysOf = (records: DynamoDBRecord[]) => records.map((record) => record.dynamodb?.Keys?.pk?.S ?? '');
const named = (record: DynamoDBRecord) => ({ itemIdentifier: record.dynamodb?.SequenceNumber ?? '' });

async function start(
  readers: StreamReader[],
  onFailed: (reader: string, records: DynamoDBRecord[], error: unknown) => Promise<void> | void = () => {
    throw new Error('nothing is to fail here');
  },
): Promise<StreamPoller> {
  const poller = await startStreamPoller({
    client: streams,
    source: { tableName },
    readers,
    checkpoints: folder,
    onFailed,
  });
  running.push(poller);
  return poller;
}

/** A reader that keeps the keys it was given, call by call. */
function recorder(name = 'recorder', over: Partial<StreamReader> = {}) {
  const calls: string[][] = [];
  const reader: StreamReader = {
    name,
    handler: async (event: DynamoDBStreamEvent) => {
      calls.push(keysOf(event.Records));
    },
    ...over,
  };
  return { reader, calls };
}

describe('records', () => {
  it('come as Lambda delivers them', async () => {
    const events: DynamoDBStreamEvent[] = [];
    const poller = await start([
      {
        name: 'reader',
        handler: async (event) => {
          events.push(event);
        },
      },
    ]);
    await client.send(
      new PutItemCommand({
        TableName: tableName,
        Item: {
          pk: { S: 'a' },
          bytes: { B: Buffer.from('hi') },
          map: {
            M: { list: { L: [{ BS: [Buffer.from('x')] }, { N: '1.5' }, { NULL: true }, { BOOL: false }] } },
          },
        },
      }),
    );
    await client.send(new DeleteItemCommand({ TableName: tableName, Key: { pk: { S: 'a' } } }));
    await poller.idle();
    const image = {
      pk: { S: 'a' },
      bytes: { B: 'aGk=' },
      map: { M: { list: { L: [{ BS: ['eA=='] }, { N: '1.5' }, { NULL: true }, { BOOL: false }] } } },
    };
    const records = events.flatMap((event) => event.Records);
    expect(records).toMatchObject([
      {
        eventName: 'INSERT',
        eventSource: 'aws:dynamodb',
        eventVersion: '1.1',
        eventSourceARN: expect.stringContaining(`table/${tableName}/stream/`),
        dynamodb: { Keys: { pk: { S: 'a' } }, NewImage: image, StreamViewType: 'NEW_AND_OLD_IMAGES' },
      },
      { eventName: 'REMOVE', dynamodb: { OldImage: image } },
    ]);
    expect(records[0]?.dynamodb?.NewImage).toEqual(image);
    expect(records[0]?.dynamodb?.ApproximateCreationDateTime).toBeLessThan(1e11);
    expect(JSON.parse(JSON.stringify(records))).toEqual(records);
  });

  it('reach every reader from the oldest on, in order, in batches of the size asked for', async () => {
    await putAll('a', 'b', 'c', 'd', 'e');
    const pairs = recorder('pairs', { batchSize: 2 });
    const all = recorder('all');
    const poller = await start([pairs.reader, all.reader]);
    await poller.idle();
    expect(pairs.calls).toEqual([['a', 'b'], ['c', 'd'], ['e']]);
    expect(all.calls.flat()).toEqual(['a', 'b', 'c', 'd', 'e']);
  });

  it('wait for nobody but their own reader', async () => {
    const blocked = Promise.withResolvers<void>();
    const heard = Promise.withResolvers<string[]>();
    await start([
      { name: 'slow', handler: () => blocked.promise },
      { name: 'fast', handler: async ({ Records }) => heard.resolve(keysOf(Records)) },
    ]);
    await put('a');
    expect(await heard.promise).toEqual(['a']);
    blocked.resolve();
  });
});

describe('failures', () => {
  it('a partial answer repeats from the lowest failure on and nothing before it', async () => {
    await putAll('a', 'b', 'c', 'd');
    const calls: string[][] = [];
    const poller = await start([
      {
        name: 'reader',
        handler: async ({ Records }) => {
          calls.push(keysOf(Records));
          return { batchItemFailures: calls.length === 1 ? Records.slice(1, 3).reverse().map(named) : [] };
        },
      },
    ]);
    await poller.idle();
    expect(calls).toEqual([
      ['a', 'b', 'c', 'd'],
      ['b', 'c', 'd'],
    ]);
  });

  it('a record that fails to the end is handed over whole and alone, and reading goes on', async () => {
    await putAll('a', 'b', 'poison', 'c', 'd');
    const done: string[] = [];
    const failed: DynamoDBRecord[] = [];
    const poller = await start(
      [
        {
          name: 'reader',
          maxAttempts: 2,
          handler: async ({ Records }) => {
            const keys = keysOf(Records);
            if (keys.includes('poison')) throw new Error('cannot digest');
            done.push(...keys);
          },
        },
      ],
      (reader, records, error) => {
        expect([reader, (error as Error).message]).toEqual(['reader', 'cannot digest']);
        failed.push(...records);
      },
    );
    await poller.idle();
    expect(done).toEqual(['a', 'b', 'c', 'd']);
    expect(keysOf(failed)).toEqual(['poison']);
    expect(failed[0]?.dynamodb?.NewImage).toEqual({ pk: { S: 'poison' } });
  });

  it('a record is asked for as often as was said', async () => {
    await put('a');
    let calls = 0;
    const reader: StreamReader = {
      name: 'reader',
      maxAttempts: 3,
      handler: async ({ Records }) => {
        calls += 1;
        return { batchItemFailures: Records.map(named) };
      },
    };
    const poller = await start([reader], () => {});
    await poller.idle();
    expect(calls).toBe(3);
  });

  it('what could not be handed over is handed over again', async () => {
    await put('a');
    let offers = 0;
    const reader: StreamReader = {
      name: 'reader',
      maxAttempts: 1,
      handler: async () => {
        throw new Error('no');
      },
    };
    const poller = await start([reader], () => {
      offers += 1;
      if (offers === 1) throw new Error('the store of failures is away');
    });
    await poller.idle();
    expect(offers).toBe(2);
  });

  it('an answer that names an unknown record repeats the batch', async () => {
    await put('a');
    const calls: string[][] = [];
    const poller = await start([
      {
        name: 'reader',
        handler: async ({ Records }) => {
          calls.push(keysOf(Records));
          return { batchItemFailures: calls.length === 1 ? [{ itemIdentifier: 'none' }] : [] };
        },
      },
    ]);
    await poller.idle();
    expect(calls).toEqual([['a'], ['a']]);
  });
});

describe('a restart', () => {
  it('goes on after what was dealt with, and misses nothing that was written meanwhile', async () => {
    await putAll('a', 'b');
    const first = recorder();
    const before = await start([first.reader]);
    await before.idle();
    await before.stop();
    await putAll('c', 'd');
    const second = recorder();
    const after = await start([second.reader]);
    await after.idle();
    expect([first.calls.flat(), second.calls.flat()]).toEqual([
      ['a', 'b'],
      ['c', 'd'],
    ]);
  });

  it('delivers again what was not dealt with when it stopped', async () => {
    await put('a');
    const tried = Promise.withResolvers<void>();
    const failing: StreamReader = {
      name: 'recorder',
      handler: async () => {
        tried.resolve();
        throw new Error('not today');
      },
    };
    const before = await start([failing], () => {});
    await tried.promise;
    await before.stop();
    const second = recorder();
    const after = await start([second.reader]);
    await after.idle();
    expect(second.calls).toEqual([['a']]);
  });
});

describe('shards', () => {
  it('a shard that is closed is read to its end and then rests', async () => {
    await putAll('a', 'b');
    await client.send(
      new UpdateTableCommand({ TableName: tableName, StreamSpecification: { StreamEnabled: false } }),
    );
    const first = recorder();
    const before = await start([first.reader]);
    await before.idle();
    await before.idle();
    await before.stop();
    const second = recorder();
    const after = await start([second.reader]);
    await after.idle();
    expect([first.calls.flat(), second.calls.flat()]).toEqual([['a', 'b'], []]);
  });

  it('a parent is read out before its children, and a parent that is gone holds nobody up', () => {
    const shards = [
      { ShardId: 'child', ParentShardId: 'parent' },
      { ShardId: 'parent', ParentShardId: 'forgotten' },
      { ShardId: 'other' },
    ];
    const readable = (positions: Record<string, string>) =>
      readableShards(shards, positions).map((shard) => shard.ShardId);
    expect(readable({})).toEqual(['parent', 'other']);
    expect(readable({ parent: '7' })).toEqual(['parent', 'other']);
    expect(readable({ parent: 'end' })).toEqual(['child', 'other']);
  });
});
