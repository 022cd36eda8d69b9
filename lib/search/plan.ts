import type { Search } from '#lib/domain/search/filter.ts';
import { withImplied } from './implied.ts';
import { bestPins, type Pin } from './pins.ts';
import { reachOf } from './reach.ts';
import { everywhere, hull, indexOfSort, nowhere, type Source } from './source.ts';

/**
 * How a search is answered. `sweep` are sources in the wanted order, merged and gone through until the page is full.
 * `gather`, where it is there, are narrower sources in another order: they are read whole and sorted, and only where
 * they prove too long is the sweep done after all. Either finds the same, in the same order, from any place on.
 */
export type Plan = {
  kind: 'look-up' | 'partitions' | 'sweep';
  pinned: readonly string[];
  gather?: readonly Source[];
  sweep: readonly Source[];
};

/** Invoices that are read at most to sort them. */
export const gatheredAtMost = 5_000;
/** Partitions, shards counted, that one search reads at most: with more of them, the order’s own index is gone through. */
const partitionsAtMost = 1_000;

/** The sources of all pins; two of one partition become one that holds both. */
const unionOf = (pins: readonly Pin[]): Source[] => {
  const joined = new Map<string, Source>();
  for (const source of pins.flatMap(({ sources }) => sources)) {
    // Places that an id or a number names stay apart: what holds them all would be most of the index.
    const key = [source.index, source.value ?? source.reach.present?.low].join('#');
    const known = joined.get(key);
    joined.set(key, known ? { ...known, reach: hull(known.reach, source.reach) } : source);
  }
  return [...joined.values()].filter(({ reach }) => reach.present !== undefined || reach.absent);
};

const isThere = <T>(value: T | undefined): value is T => value !== undefined;

/** @param today the account’s day, which what is overdue goes by */
export const planFor = (
  { filter, sort }: Pick<Search, 'filter' | 'sort'>,
  { today, shards }: { today: string; shards: number },
): Plan => {
  const branches = filter.map((branch) => withImplied(branch, today));
  const index = indexOfSort(sort);
  const reach =
    branches.length === 0 ? everywhere : branches.map((one) => reachOf(one, index)).reduce(hull, nowhere);
  const whole: Source[] = [{ index, reach }];
  const best = branches.map((branch) => bestPins(branch, sort));
  const narrowest = best.map((pins) => pins.narrowest).filter(isThere);
  const sources = unionOf(narrowest);
  const isPinned = branches.length > 0 && narrowest.length === branches.length;
  if (!isPinned || sources.length * shards > partitionsAtMost)
    return { kind: 'sweep', pinned: [], sweep: whole };
  const pinned = [...new Set(narrowest.map(({ property }) => property))];
  const kind = narrowest.every(({ rank }) => rank === 0) ? 'look-up' : 'partitions';
  if (narrowest.every(({ inOrder }) => inOrder)) return { kind, pinned, sweep: sources };
  const inOrder = best.map((pins) => pins.inOrder).filter(isThere);
  const ordered = unionOf(inOrder);
  const isOrdered = inOrder.length === branches.length && ordered.length * shards <= partitionsAtMost;
  return { kind, pinned, gather: sources, sweep: isOrdered ? ordered : whole };
};
