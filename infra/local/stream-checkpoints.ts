import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';

/** By shard: the sequence number of the last record that is dealt with, or `end` when the shard is read out. */
export type ShardPositions = Record<string, string>;
export const END = 'end';

export interface Checkpoints {
  load(reader: string): Promise<ShardPositions>;
  save(reader: string, positions: ShardPositions): Promise<void>;
}

const Positions = z.record(z.string(), z.string());

/** A file for each reader under `folder`, replaced whole, so that a crash leaves the old one or the new one. */
export function fileCheckpoints(folder: string): Checkpoints {
  const file = (reader: string) => join(folder, `${reader}.json`);
  return {
    load: async (reader) => {
      const text = await readFile(file(reader), 'utf8').catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') return '{}';
        throw error;
      });
      return Positions.parse(JSON.parse(text));
    },
    save: async (reader, positions) => {
      await mkdir(folder, { recursive: true });
      await writeFile(`${file(reader)}.part`, JSON.stringify(positions));
      await rename(`${file(reader)}.part`, file(reader));
    },
  };
}

export function memoryCheckpoints(): Checkpoints {
  const kept = new Map<string, ShardPositions>();
  return {
    load: async (reader) => ({ ...kept.get(reader) }),
    save: async (reader, positions) => void kept.set(reader, { ...positions }),
  };
}
