import type { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams';
import type { DynamoDBRecord } from 'aws-lambda';
import { createBell } from './bell.ts';
import { type Checkpoints, fileCheckpoints, memoryCheckpoints } from './stream-checkpoints.ts';
import type { StreamReader } from './stream-delivery.ts';
import { type ReaderLoop, startReader } from './stream-reader.ts';
import { newestStream } from './stream-shards.ts';

export type { StreamReader } from './stream-delivery.ts';

export interface StreamPollerOptions {
  client: DynamoDBStreamsClient;
  /** The table whose newest stream is read, or that stream's ARN. */
  source: { tableName: string } | { streamArn: string };
  readers: readonly StreamReader[];
  /** Where positions are kept: a folder, or anything that keeps them; in memory if absent. */
  checkpoints?: string | Checkpoints;
  /** Gets, whole, what a reader could not process; it is asked again until it succeeds. */
  onFailed: (reader: string, records: DynamoDBRecord[], error: unknown) => Promise<void> | void;
  /** Told of trouble with the stream itself, after which reading goes on. */
  onError?: (error: unknown) => void;
}

export interface StreamPoller {
  /** Resolves when every reader has dealt with all that had been written before this call. */
  idle(): Promise<void>;
  /** Something was written: looks at once, instead of after a pause. */
  hurry(): void;
  /** Lets calls under way end. */
  stop(): Promise<void>;
}

/**
 * Reads a table's stream as Lambda's event source mappings do: each reader from the oldest record on at
 * first, at its own pace, shard after shard in order, repeating what failed, and after a restart going on
 * after the last record that was dealt with (which it may repeat, and never skips).
 */
export async function startStreamPoller(options: StreamPollerOptions): Promise<StreamPoller> {
  const { client, source } = options;
  const checkpoints = openCheckpoints(options.checkpoints);
  const streamArn = 'streamArn' in source ? source.streamArn : await newestStream(client, source.tableName);
  const bell = createBell();
  const pulse = createBell();
  const ringAll = () => {
    bell.ring();
    pulse.ring();
  };
  const turn = { now: 0, stopped: false };
  const loops: ReaderLoop[] = [];
  const waiting = new Set<{ asked: number; resolve: () => void }>();

  const release = () => {
    for (const one of [...waiting]) {
      if (!turn.stopped && !loops.every((loop) => loop.caughtUpSince(one.asked))) continue;
      waiting.delete(one);
      one.resolve();
    }
  };
  for (const reader of options.readers) {
    loops.push(
      startReader(reader, {
        client,
        streamArn,
        bell,
        pulse,
        turn,
        checkpoints,
        positions: await checkpoints.load(reader.name),
        onFailed: async (records, error) => options.onFailed(reader.name, records, error),
        onError: options.onError ?? (() => {}),
        onAdvance: release,
      }),
    );
  }
  return {
    idle: () => {
      const { promise, resolve } = Promise.withResolvers<void>();
      turn.now += 1;
      waiting.add({ asked: turn.now, resolve });
      ringAll();
      release(); // with no reader, or after stop, there is nothing to wait for
      return promise;
    },
    hurry: pulse.ring,
    stop: async () => {
      turn.stopped = true;
      ringAll();
      await Promise.all(loops.map((loop) => loop.done));
      release();
    },
  };
}

function openCheckpoints(given: string | Checkpoints | undefined): Checkpoints {
  if (given === undefined) return memoryCheckpoints();
  return typeof given === 'string' ? fileCheckpoints(given) : given;
}
