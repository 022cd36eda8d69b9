import { presentPrefix } from '#lib/data/indexes.ts';
import type { Sort } from '#lib/domain/search/filter.ts';
import { gatheredAtMost, type Plan } from './plan.ts';
import { beyond, orderOf, type Source } from './source.ts';

/** The plan in words, for whoever asks with `explain`. */

export const strategies = [
  'look-up',
  'partitions in order',
  'partitions read whole and sorted',
  'sweep of the order',
] as const;
export type ExplainedPlan = {
  /** What was done. */
  strategy: (typeof strategies)[number];
  order: string;
  /** Properties whose values name the partitions. */
  pinned: string[];
  /** What was read of which index. */
  reads: string[];
  shards: number;
  /** Invoices read, whether they were found or not. */
  invoicesRead: number;
  note: string | null;
};

const shownSources = 20;

const bound = (key: string): string => key.slice(presentPrefix.length).replace(/[#$~\u0000]+$/, '');
const spanInWords = (source: Source): string => {
  const { present, absent } = source.reach;
  const order = orderOf(source.index);
  if (present === undefined) return absent ? `without ${order}` : 'nothing';
  const low = bound(present.low);
  const high = bound(present.high);
  const range = [low && `from ${low}`, high !== beyond && high && `to ${high}`].filter(Boolean).join(' ');
  if (range === '') return absent ? '' : `with ${order}`;
  return `${order} ${low === high ? `at ${low}` : range}`;
};

const inWords = (source: Source): string =>
  [source.index, source.value, spanInWords(source)].filter(Boolean).join(', ');

const strategyOf = (plan: Plan, isSwept: boolean): ExplainedPlan['strategy'] => {
  if (plan.kind === 'sweep') return 'sweep of the order';
  if (plan.kind === 'look-up') return 'look-up';
  if (plan.gather !== undefined && !isSwept) return 'partitions read whole and sorted';
  return plan.sweep.some(({ value }) => value !== undefined) ? 'partitions in order' : 'sweep of the order';
};

export const explainPlan = (
  plan: Plan,
  done: { sort: Sort; shards: number; isSwept: boolean; invoices: number },
): ExplainedPlan => {
  const { sort, shards, isSwept, invoices } = done;
  const sources = (isSwept ? undefined : plan.gather) ?? plan.sweep;
  const reads = sources.slice(0, shownSources).map(inWords);
  const left = sources.length - reads.length;
  return {
    strategy: strategyOf(plan, isSwept),
    order: `${sort.property} ${sort.direction}`,
    pinned: [...plan.pinned],
    reads: left > 0 ? [...reads, `and ${left} more`] : reads,
    shards,
    invoicesRead: invoices,
    note: isSwept
      ? `Its partitions hold more than ${gatheredAtMost} invoices, or took too long: the order was gone through instead.`
      : null,
  };
};
