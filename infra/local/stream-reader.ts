import { type DynamoDBStreamsClient, GetRecordsCommand } from '@aws-sdk/client-dynamodb-streams';
import type { DynamoDBRecord } from 'aws-lambda';
import type { Bell } from './bell.ts';
import { type Checkpoints, END, type ShardPositions } from './stream-checkpoints.ts';
import { deliver, type StreamReader } from './stream-delivery.ts';
import { toLambdaRecord } from './stream-records.ts';
import { listShards, type NamedShard, readableShards, shardIterator } from './stream-shards.ts';

/** DynamoDB Local counts the whole stream at each poll: they keep their distance, however often one is hurried. */
const FASTEST_POLL_MS = 100;
/** Who knows of a write hurries the poller. */
const SLOWEST_POLL_MS = 1_000;
const SHARD_LISTING_MS = 10_000;
const LONGEST_BACK_OFF_MS = 5_000;

export interface ReaderSurroundings {
  client: DynamoDBStreamsClient;
  streamArn: string;
  checkpoints: Checkpoints;
  /** Those that the checkpoints had; kept up to date here. */
  positions: ShardPositions;
  bell: Bell;
  /** Cuts the pauses between polls short. */
  pulse: Bell;
  /** `now` rises with each question whether the reader has caught up. */
  turn: { readonly now: number; readonly stopped: boolean };
  onFailed(records: DynamoDBRecord[], error: unknown): Promise<void>;
  onError(error: unknown): void;
  onAdvance(): void;
}

export interface ReaderLoop {
  /** Whether everything written before that turn is dealt with. */
  caughtUpSince(turn: number): boolean;
  readonly done: Promise<void>;
}

/** One reader's walk along the stream: lists shards, and reads those that may be read side by side. */
export function startReader(reader: StreamReader, around: ReaderSurroundings): ReaderLoop {
  const { bell, turn, client, streamArn, positions } = around;
  const walk: Walk = {
    reader,
    around,
    positions,
    shards: [],
    listedAt: -1,
    ended: 0,
    tips: new Map(),
    saving: Promise.resolve(),
  };
  const running = new Map<string, Promise<void>>();

  const listAndStart = async () => {
    const begun = turn.now;
    const ended = walk.ended;
    walk.shards = await listShards(client, streamArn);
    forgetOldShards(walk);
    for (const { ShardId: id } of readableShards(walk.shards, walk.positions)) {
      if (running.has(id)) continue;
      running.set(
        id,
        readShard(walk, id).finally(() => running.delete(id)),
      );
    }
    // A shard that ended meanwhile may have children that this listing does not know.
    walk.listedAt = walk.ended === ended ? begun : -1;
    around.onAdvance();
  };
  const loop = async () => {
    let trouble = 0;
    while (!turn.stopped) {
      try {
        await listAndStart();
        trouble = 0;
        // The bell may have rung while the shards were listed: then nothing would wake this loop in time.
        if (!turn.stopped && walk.listedAt === turn.now) await bell.sleep(SHARD_LISTING_MS);
      } catch (error) {
        around.onError(error);
        trouble += 1;
        await bell.sleep(backOffMs(trouble));
      }
    }
    await Promise.all(running.values());
  };
  return {
    done: loop(),
    caughtUpSince: (asked) =>
      walk.listedAt >= asked &&
      walk.shards.every((shard) => isReadOut(walk, shard) || (walk.tips.get(shard.ShardId) ?? -1) >= asked),
  };
}

interface Walk {
  readonly reader: StreamReader;
  readonly around: ReaderSurroundings;
  readonly positions: ShardPositions;
  shards: NamedShard[];
  /** The turn in which the newest listing of shards began. */
  listedAt: number;
  /** How many shards were read out so far. */
  ended: number;
  /** By shard: the turn in which the newest poll began that found its end for now. */
  tips: Map<string, number>;
  saving: Promise<void>;
}

const isReadOut = (walk: Walk, shard: NamedShard) => walk.positions[shard.ShardId] === END;

function forgetOldShards(walk: Walk): void {
  const kept = new Set(walk.shards.map((shard) => shard.ShardId));
  for (const id of Object.keys(walk.positions)) if (!kept.has(id)) delete walk.positions[id];
}

async function readShard(walk: Walk, shardId: string): Promise<void> {
  const { turn, bell, onError } = walk.around;
  let trouble = 0;
  while (!turn.stopped && walk.positions[shardId] !== END) {
    try {
      await followIterator(walk, shardId, () => {
        trouble = 0;
      });
    } catch (error) {
      // An iterator lives 15 minutes: a new one is taken at the last position, as after any other trouble.
      if ((error as Error).name !== 'ExpiredIteratorException') onError(error);
      trouble += 1;
      await bell.sleep(backOffMs(trouble));
    }
  }
  if (walk.positions[shardId] === END) {
    walk.ended += 1;
    walk.listedAt = -1; // its children can be read now
    bell.ring();
  }
}

async function followIterator(walk: Walk, shardId: string, onAnswer: () => void): Promise<void> {
  const { client, streamArn, bell, pulse, turn } = walk.around;
  const limit = walk.reader.batchSize ?? 100;
  let iterator = await shardIterator(client, streamArn, shardId, walk.positions[shardId]);
  let pause = FASTEST_POLL_MS;
  while (iterator && !turn.stopped) {
    const begun = turn.now;
    const polledAt = performance.now();
    const page = await client.send(new GetRecordsCommand({ ShardIterator: iterator, Limit: limit }));
    onAnswer();
    const records = (page.Records ?? []).map((record) => toLambdaRecord(record, streamArn));
    await deliver(walk.reader, records, deliveryOf(walk, shardId));
    if (turn.stopped) return;
    iterator = page.NextShardIterator;
    if (records.length < limit) {
      walk.tips.set(shardId, begun);
      walk.around.onAdvance();
      pause = records.length > 0 ? FASTEST_POLL_MS : Math.min(pause * 1.5, SLOWEST_POLL_MS);
      const since = performance.now() - polledAt;
      if (iterator && begun === turn.now && since < FASTEST_POLL_MS)
        await bell.sleep(FASTEST_POLL_MS - since);
      if (iterator && begun === turn.now) await pulse.sleep(pause);
    }
  }
  if (!iterator) await save(walk, shardId, END);
}

function deliveryOf(walk: Walk, shardId: string) {
  const { turn, bell, onFailed } = walk.around;
  return {
    onProgress: (sequenceNumber: string) => save(walk, shardId, sequenceNumber),
    onFailed,
    backOff: (attempt: number) => bell.sleep(backOffMs(attempt)),
    stopped: () => turn.stopped,
  };
}

/** Saves one after the other: two shards of a reader share its checkpoint. */
function save(walk: Walk, shardId: string, position: string): Promise<void> {
  walk.positions[shardId] = position;
  const saved = walk.saving.then(() => walk.around.checkpoints.save(walk.reader.name, walk.positions));
  walk.saving = saved.catch(() => {});
  return saved;
}

const backOffMs = (attempt: number) => Math.min(50 * 2 ** attempt, LONGEST_BACK_OFF_MS);
