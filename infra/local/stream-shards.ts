import {
  DescribeStreamCommand,
  type DynamoDBStreamsClient,
  GetShardIteratorCommand,
  ListStreamsCommand,
  type Shard,
} from '@aws-sdk/client-dynamodb-streams';
import { END, type ShardPositions } from './stream-checkpoints.ts';

/** @throws Error if the table has no stream */
export async function newestStream(client: DynamoDBStreamsClient, tableName: string): Promise<string> {
  const { Streams = [] } = await client.send(new ListStreamsCommand({ TableName: tableName }));
  const newest = Streams.sort((a, b) => ((a.StreamLabel ?? '') < (b.StreamLabel ?? '') ? 1 : -1))[0];
  if (!newest?.StreamArn) throw new Error(`The table ${tableName} has no stream.`);
  return newest.StreamArn;
}

export type NamedShard = Shard & { ShardId: string };

export async function listShards(client: DynamoDBStreamsClient, streamArn: string): Promise<NamedShard[]> {
  const shards: NamedShard[] = [];
  let last: string | undefined;
  do {
    const { StreamDescription: page } = await client.send(
      new DescribeStreamCommand({ StreamArn: streamArn, ExclusiveStartShardId: last }),
    );
    shards.push(...((page?.Shards ?? []) as NamedShard[]));
    last = page?.LastEvaluatedShardId;
  } while (last);
  return shards;
}

/** Shards that may be read now: not read out, and their parent read out or no longer kept. */
export function readableShards(shards: readonly NamedShard[], positions: ShardPositions): NamedShard[] {
  const open = new Set(shards.map((shard) => shard.ShardId).filter((id) => positions[id] !== END));
  return shards.filter((shard) => open.has(shard.ShardId) && !open.has(shard.ParentShardId ?? ''));
}

/** Right after `position`, or from the oldest record that is kept. */
export async function shardIterator(
  client: DynamoDBStreamsClient,
  streamArn: string,
  shardId: string,
  position: string | undefined,
): Promise<string | undefined> {
  const at = (start: {
    ShardIteratorType: 'TRIM_HORIZON' | 'AFTER_SEQUENCE_NUMBER';
    SequenceNumber?: string;
  }) => client.send(new GetShardIteratorCommand({ StreamArn: streamArn, ShardId: shardId, ...start }));
  const oldest = { ShardIteratorType: 'TRIM_HORIZON' } as const;
  if (position === undefined) return (await at(oldest)).ShardIterator;
  try {
    const after = { ShardIteratorType: 'AFTER_SEQUENCE_NUMBER', SequenceNumber: position } as const;
    return (await at(after)).ShardIterator;
  } catch (error) {
    // Records are kept for a day: who was away for longer goes on with the oldest.
    if ((error as Error).name !== 'TrimmedDataAccessException') throw error;
    return (await at(oldest)).ShardIterator;
  }
}
