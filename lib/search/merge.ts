import type { StartKey } from '#lib/data/index-pages.ts';
import type { Entry, Reading } from './reading.ts';
import { isBefore, type Source, type Span, spansOf } from './source.ts';

/** Sources of one order as one: the shards of each are lanes, and the nearest head of all lanes is next. */

type Lane = {
  source: Source;
  shard: number;
  /** What is left to read; the first of them is being read. */
  spans: Span[];
  startKey: StartKey | undefined;
  entries: Entry[];
  /** How many of `entries` are taken. */
  taken: number;
  /** How many to read next: more each time, since a filter that lets few through needs many. */
  size: number;
};

export type Merge = {
  /** Whether the next one is at hand, or the end: nothing has to be read. */
  isReady: () => boolean;
  /** Reads on wherever nothing is at hand. */
  fill: () => Promise<void>;
  /** The next one in the order; undefined at the end. Only when it is ready. */
  take: () => Entry | undefined;
};

const mostAtOnce = 500;
const isEmpty = ({ entries, taken }: Lane): boolean => taken >= entries.length;
const isDry = (lane: Lane): boolean => isEmpty(lane) && lane.spans.length > 0;

const fillLane = async (lane: Lane, reading: Reading, descending: boolean): Promise<void> => {
  while (isDry(lane)) {
    const { source, shard, size, startKey } = lane;
    const [{ low, high }] = lane.spans as [Span];
    const { index, value } = source;
    const range = { index, value, shard, low, high, descending, limit: size, startKey };
    const { entries, next } = await reading.page(range);
    Object.assign(lane, { entries, taken: 0, startKey: next, size: Math.min(size * 2, mostAtOnce) });
    if (next === undefined) lane.spans.shift();
  }
};

/** Enough of each lane that a page comes of the first reading, where all of it is wanted and lies evenly. */
const firstSize = (wanted: number, lanes: number): number => {
  const share = wanted / Math.max(lanes, 1);
  return Math.ceil(lanes === 1 ? share : share + 2 * Math.sqrt(share));
};

/** @param wanted how many are wanted, at best */
export const mergeSources = (
  sources: readonly Source[],
  reading: Reading,
  order: { descending: boolean; after: string | undefined; shards: number; wanted: number },
): Merge => {
  const { descending, after, shards, wanted } = order;
  const size = firstSize(wanted, sources.length * shards);
  const lanes = sources.flatMap((source) =>
    Array.from({ length: shards }, (_, shard): Lane => {
      const spans = spansOf(source, descending, after);
      return { source, shard, spans, startKey: undefined, entries: [], taken: 0, size };
    }),
  );
  const head = ({ entries, taken }: Lane): Entry | undefined => entries[taken];
  return {
    isReady: () => !lanes.some(isDry),
    fill: async () => {
      await Promise.all(lanes.filter(isDry).map((lane) => fillLane(lane, reading, descending)));
    },
    take: () => {
      let nearest: Lane | undefined;
      for (const lane of lanes) {
        const place = head(lane)?.place;
        const best = nearest && head(nearest)?.place;
        if (place !== undefined && (best === undefined || isBefore(place, best, descending))) nearest = lane;
      }
      const entry = nearest && head(nearest);
      if (nearest) nearest.taken += 1;
      return entry;
    },
  };
};
