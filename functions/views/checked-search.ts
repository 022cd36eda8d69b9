import { namesCustomProperty } from '#functions/search/read-search.ts';
import { table } from '#functions/wiring/table.ts';
import { readPropertyDefinitions } from '#lib/data/property-definitions.ts';
import { type Fault, Refusal } from '#lib/domain/refusal.ts';
import { checkColumns, checkSort } from '#lib/domain/search/check-choice.ts';
import { checkFilter } from '#lib/domain/search/check-filter.ts';
import type { Sort } from '#lib/domain/search/filter.ts';

/** The parts of a search that a view or an export keeps, as they were written. */
export type SearchParts = { filterGroups: unknown[]; sort: Sort; columns: string[] };
type Given = { filterGroups?: unknown; sort?: unknown; columns?: string[] | null | undefined };

/** A kept filter lies in one item with all else: a hundred ids in each of its conditions fit. */
const mostBytes = 120_000;
const tooLarge = ({ filterGroups }: Given): Fault[] =>
  Buffer.byteLength(JSON.stringify(filterGroups ?? [])) <= mostBytes
    ? []
    : [{ pointer: '/filterGroups', code: 'too_large', detail: `has more than ${mostBytes} bytes as JSON` }];

/**
 * The parts of a search, checked as a search checks them, and small enough to be kept.
 * @throws Refusal invalid_filter with every fault
 */
export const checkedSearch = async (accountId: string, given: Given): Promise<SearchParts> => {
  const definitions = namesCustomProperty(given) ? await readPropertyDefinitions(table(), accountId) : [];
  const { faults: inFilter } = checkFilter(given.filterGroups, definitions);
  const { sort, faults: inSort } = checkSort(given.sort);
  const { columns, faults: inColumns } = checkColumns(given.columns, definitions);
  const faults: Fault[] = [...tooLarge(given), ...inFilter, ...inSort, ...inColumns];
  if (faults.length > 0) throw new Refusal('invalid_filter', { errors: faults.slice(0, 1_000) });
  return { filterGroups: (given.filterGroups as unknown[] | null | undefined) ?? [], sort, columns };
};
