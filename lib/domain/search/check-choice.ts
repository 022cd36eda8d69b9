import { headerProperties } from '#lib/domain/invoice/property-catalogue.ts';
import type { PropertyDefinition } from '#lib/domain/property-definition.ts';
import type { Fault } from '#lib/domain/refusal.ts';
import { newestFirst, type Sort, searchProperty, sortDirections, sortProperties } from './filter.ts';

/** The choice of an order and of columns, as they were sent. */

/** How many columns may be named. */
export const maxColumns = 300;

const unknownColumn = (pointer: string): Fault => ({
  pointer,
  code: 'unknown_property',
  detail: 'is no property of a list, which GET /v1/invoices/properties names',
});

const isColumn = (name: string, definitions: readonly PropertyDefinition[]): boolean =>
  name === 'customProperties' || searchProperty(name, definitions) !== undefined;

/** The columns, each once; absent or empty means all. `pointerOf` says where one stands in the request. */
export const checkColumns = (
  columns: readonly string[] | null | undefined,
  definitions: readonly PropertyDefinition[],
  pointerOf: (index: number) => string = (index) => `/columns/${index}`,
): { columns: string[]; faults: Fault[] } => {
  const named = columns ?? [];
  const faults = named.flatMap((name, index) =>
    isColumn(name, definitions) ? [] : [unknownColumn(pointerOf(index))],
  );
  return { columns: [...new Set(named)], faults };
};

const among = <T extends string>(known: readonly T[], raw: unknown): raw is T =>
  (known as readonly unknown[]).includes(raw);

/** The order; the newest first where none is given, ascending where no direction is. */
export const checkSort = (raw: unknown, pointer = '/sort'): { sort: Sort; faults: Fault[] } => {
  if (raw === undefined || raw === null) return { sort: newestFirst, faults: [] };
  const faults: Fault[] = [];
  const fault = (at: string, code: string, detail: string) =>
    faults.push({ pointer: `${pointer}${at}`, code, detail });
  if (typeof raw !== 'object' || Array.isArray(raw)) {
    fault('', 'invalid_type', 'must be an object with a property and a direction');
    return { sort: newestFirst, faults };
  }
  const { property, direction, ...rest } = raw as Record<string, unknown>;
  for (const name of Object.keys(rest).slice(0, 20))
    fault(
      `/${name.slice(0, 500).replaceAll('~', '~0').replaceAll('/', '~1')}`,
      'unknown_field',
      'is not a field of this request',
    );
  const isSortable = among(sortProperties, property);
  if (!isSortable) {
    const isKnown = headerProperties.some(({ name }) => name === property);
    const code = property == null ? 'required' : isKnown ? 'not_sortable' : 'unknown_property';
    fault('/property', code, `must be one of ${sortProperties.join(', ')}`);
  }
  const isDirection = direction == null || among(sortDirections, direction);
  if (!isDirection) fault('/direction', 'invalid_value', 'must be asc or desc');
  if (!isSortable || !isDirection) return { sort: newestFirst, faults };
  return { sort: { property, direction: direction ?? 'asc' }, faults };
};
