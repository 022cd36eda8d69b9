import { faultsOf } from '#functions/http/faults.ts';
import type { PropertyDefinition } from '#lib/domain/property-definition.ts';
import { type Fault, Refusal } from '#lib/domain/refusal.ts';
import { checkColumns, checkSort } from '#lib/domain/search/check-choice.ts';
import { checkFilter } from '#lib/domain/search/check-filter.ts';
import type { Filter, Search } from '#lib/domain/search/filter.ts';
import { type SearchShape, searchShape } from './search-request.ts';

/** A search as it was asked for. */
export type AskedSearch = {
  search: Search;
  columns: readonly string[];
  limit: number;
  cursor: string | undefined;
  explain: boolean;
};

const limitIfAbsent = 25;
const faultsAtMost = 1_000;

/** The fields of a body that is no object at all are nobody’s. */
const looselyOf = (body: unknown): Partial<SearchShape> =>
  typeof body === 'object' && body !== null && !Array.isArray(body) ? body : {};

const stringsIn = (value: unknown): string[] =>
  Array.isArray(value) ? value.map((one) => (typeof one === 'string' ? one : 'id')) : [];

/** Whether a request names a custom property, whose definitions have to be known then. */
export const namesCustomProperty = (request: unknown): boolean =>
  (JSON.stringify(request) ?? '').includes('customProperties.');

/** A cursor too long to be one is none. */
const isCursorFault = ({ pointer }: Fault): boolean => pointer === '/cursor';

/** How a search came: in a body of its own, or out of the parameters of a list. */
export type Asked = {
  /** Where a place of the body stands in the request. */
  pointerOf?: (pointer: string) => string;
  /** Conditions that hold beside every group, of the form of a filter, and known to be faultless. */
  beside?: readonly unknown[];
};

const withBeside = (filter: Filter, beside: readonly unknown[]): Filter => {
  const [conditions = []] = checkFilter([{ filters: beside }], []).filter;
  if (conditions.length === 0) return filter;
  return filter.length === 0 ? [conditions] : filter.map((branch) => [...conditions, ...branch]);
};

/**
 * The search that a body asks for.
 * @throws Refusal invalid_filter where filter, order or columns are faulty; invalid_cursor; else invalid_request; with
 *   every fault
 */
export const readSearch = (
  body: unknown,
  definitions: readonly PropertyDefinition[],
  { pointerOf = (pointer) => pointer, beside = [] }: Asked = {},
): AskedSearch => {
  const shape = searchShape.safeParse(body ?? {}, { reportInput: true });
  const loose = looselyOf(body);
  const { filter, faults: filterFaults } = checkFilter(loose.filterGroups, definitions);
  const { sort, faults: sortFaults } = checkSort(loose.sort);
  const { columns, faults: columnFaults } = checkColumns(stringsIn(loose.columns), definitions);
  const searchFaults = [...filterFaults, ...sortFaults, ...columnFaults];
  const shapeFaults = shape.success ? [] : faultsOf(shape.error);
  const faults = [...searchFaults, ...shapeFaults].map((fault) => ({
    ...fault,
    code: isCursorFault(fault) ? 'invalid_cursor' : fault.code,
    pointer: pointerOf(fault.pointer),
  }));
  if (faults.length > 0 || !shape.success) {
    const isCursor = shapeFaults.some(isCursorFault);
    const code = searchFaults.length > 0 ? 'invalid_filter' : isCursor ? 'invalid_cursor' : 'invalid_request';
    throw new Refusal(code, { errors: faults.slice(0, faultsAtMost) });
  }
  const { query, limit, cursor, explain } = shape.data;
  return {
    search: { filter: withBeside(filter, beside), query: query ?? undefined, sort },
    columns,
    limit: limit ?? limitIfAbsent,
    cursor: cursor ?? undefined,
    explain: explain ?? false,
  };
};
