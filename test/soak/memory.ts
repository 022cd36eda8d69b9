import { readFileSync } from 'node:fs';
import { median } from '#test/bench/figures.ts';
import { childrenOf, memoryOfTree } from '#test/bench/memory.ts';
import type { Program } from './program.ts';

/**
 * How the memory of the service's process is judged. Each sample is taken after a full collection, so that it counts
 * what is alive: the heap, and the buffers that belong to its objects. What is resident is shown beside it and not judged:
 * V8 and the allocator give pages back when they like.
 *
 * The service runs on a folder for its data, as `npm start` does: DynamoDB Local, the bucket, the messages of the queues
 * and the e-mails lie on disk. What grows by design in the process all the same is the local SES's list of envelopes, some
 * 700 bytes an e-mail, and code that V8 compiles when it has run often; the bound has room for both. DynamoDB Local (it keeps a
 * day of its stream, and caches pages) and the browsers (each is ended after 100 PDFs) are processes of their own, and told apart.
 *
 * The first tenth of the time is warm-up: modules, fonts and formats are loaded at their first use. The median of the second tenth
 * is then held against that of the last: a leak of a kilobyte a request would show as tens of megabytes.
 */
export type Sample = {
  /** Since the load began. */
  seconds: number;
  heap: number;
  external: number;
  resident: number;
  dynamodb: number;
  browsers: number;
};

/** What may be added: a tenth, or where that is less, what a collection leaves more at one time than at another. */
const share = 0.1;
const leastBytes = 12 * 2 ** 20;

const commandOf = (pid: number): string => {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return ''; // it has ended meanwhile, or this is no Linux
  }
};

export const sampleOf = async (program: Program, seconds: number): Promise<Sample> => {
  const own = await program.memory();
  const beside = { dynamodb: 0, browsers: 0 };
  for (const child of childrenOf(program.pid)) {
    const isDatabase = commandOf(child).includes('DynamoDBLocal');
    beside[isDatabase ? 'dynamodb' : 'browsers'] += memoryOfTree(child);
  }
  return { seconds, ...own, ...beside };
};

export type MemoryVerdict = {
  /** Medians of what is alive, in bytes. */
  early: number;
  late: number;
  allowed: number;
  holds: boolean;
};

export const verdictOn = (samples: readonly Sample[], seconds: number): MemoryVerdict => {
  const alive = (from: number, to: number): number =>
    median(
      samples
        .filter((sample) => sample.seconds >= from * seconds && sample.seconds <= to * seconds)
        .map(({ heap, external }) => heap + external),
    );
  const early = alive(0.1, 0.2);
  const late = alive(0.9, 1);
  const allowed = Math.max(leastBytes, early * share);
  return { early, late, allowed, holds: late - early <= allowed };
};
