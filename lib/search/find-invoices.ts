import type { Table } from '#lib/data/table.ts';
import type { InvoiceHeader } from '#lib/domain/invoice/invoice.ts';
import type { Search } from '#lib/domain/search/filter.ts';
import { matcherOf } from '#lib/domain/search/match.ts';
import { type ExplainedPlan, explainPlan } from './explain-plan.ts';
import { gatherSources } from './gather.ts';
import { mergeSources } from './merge.ts';
import { type Plan, planFor } from './plan.ts';
import { type Budget, type Entry, type Reading, startReading } from './reading.ts';
import { indexOfSort } from './source.ts';

/** Finding invoices, page by page (FILT-1 to FILT-5). */

/** Where a page ended. What a cursor carries. */
export type Position = {
  /** The account’s day of the first page, which the search goes by to its end. */
  day: string;
  /** Place in the wanted order; none before the first. */
  place?: string | undefined;
  /** Reading partitions whole has proved too much: it is not tried again. */
  sweep?: true | undefined;
};

export type PageRequest = {
  accountId: string;
  shards: number;
  position: Position;
  limit: number;
  budget: Budget;
  explain: boolean;
};

export type FoundPage = {
  headers: InvoiceHeader[];
  /** Where to go on; undefined at the end. */
  next: Position | undefined;
  /** False where the budget was used up before the page was full: there may be more, and `next` leads to it. */
  complete: boolean;
  explained: { plan: ExplainedPlan; capacity: number } | undefined;
};

/** The work of one call: about 15 MB of headers, and well within the 30 seconds that an HTTP API has. */
export const usualBudget = (now: number, deadline = Number.POSITIVE_INFINITY): Budget => ({
  invoices: 10_000,
  until: Math.min(now + 8_000, deadline),
});

type Part = { entries: Entry[]; place: string | undefined; isEnd: boolean; complete: boolean };

/** Goes through the order until one more than the page holds has been found, the end is reached or the budget spent. */
const sweep = async (
  { sweep: sources }: Plan,
  search: Search,
  { position, shards, limit }: PageRequest,
  reading: Reading,
  matches: (header: InvoiceHeader) => boolean,
): Promise<Part> => {
  const descending = search.sort.direction === 'desc';
  const after = position.place;
  const merge = mergeSources(sources, reading, { descending, after, shards, wanted: limit + 1 });
  const entries: Entry[] = [];
  const seen = new Set<string>();
  let place = after;
  for (let fills = 0; ; ) {
    if (!merge.isReady()) {
      // A full page looks ahead only as far as there is something at hand.
      if (entries.length === limit) return { entries, place, isEnd: false, complete: true };
      // One filling at least, however little is left: each call gets on.
      if (fills > 0 && reading.isSpent()) return { entries, place, isEnd: false, complete: false };
      await merge.fill();
      fills += 1;
      continue;
    }
    const entry = merge.take();
    if (entry === undefined) return { entries, place, isEnd: true, complete: true };
    const { id } = entry.header;
    const isFound = !seen.has(id) && matches(entry.header);
    seen.add(id);
    if (isFound && entries.length === limit) return { entries, place, isEnd: false, complete: true };
    if (isFound) entries.push(entry);
    place = entry.place;
  }
};

/** The page out of partitions that are read whole; undefined where that is too much. */
const gather = async (
  { gather: sources }: Plan,
  search: Search,
  { position, shards, limit }: PageRequest,
  reading: Reading,
  matches: (header: InvoiceHeader) => boolean,
): Promise<Part | undefined> => {
  if (sources === undefined || position.sweep) return undefined;
  const { sort } = search;
  const order = {
    index: indexOfSort(sort),
    descending: sort.direction === 'desc',
    after: position.place,
    shards,
  };
  const found = await gatherSources(sources, reading, order, matches);
  if (found === undefined) return undefined;
  const entries = found.slice(0, limit);
  return { entries, place: entries.at(-1)?.place, isEnd: found.length <= limit, complete: true };
};

/** One page of what is looked for, in its order. */
export const findInvoices = async (
  table: Table,
  search: Search,
  request: PageRequest,
): Promise<FoundPage> => {
  const { accountId, shards, position, budget, explain } = request;
  const { day } = position;
  const reading = startReading(table, accountId, { budget, measured: explain });
  const plan = planFor(search, { today: day, shards });
  const matches = matcherOf(search, day);
  const gathered = await gather(plan, search, request, reading, matches);
  const part = gathered ?? (await sweep(plan, search, request, reading, matches));
  const isSwept = plan.gather !== undefined && gathered === undefined;
  const next: Position = { day, place: part.place, ...(isSwept && { sweep: true }) };
  const { capacity, invoices } = reading;
  return {
    headers: part.entries.map(({ header }) => header),
    next: part.isEnd ? undefined : next,
    complete: part.complete,
    explained: explain
      ? { plan: explainPlan(plan, { sort: search.sort, shards, isSwept, invoices }), capacity }
      : undefined,
  };
};
