import type { IdPrefix } from '#lib/domain/fields.ts';
import {
  type FilterOperator,
  type FilterType,
  headerProperties,
} from '#lib/domain/invoice/property-catalogue.ts';
import type { PropertyDefinition } from '#lib/domain/property-definition.ts';

/** A filter that has been checked: OR of ANDs of conditions (FILT-1). */

/** A property that can be asked for: one of the header’s, or a custom one by its definition. */
export type SearchProperty = {
  /** As the API names it: `total`, `customProperties.costCentre`. */
  name: string;
  type: FilterType;
  choices?: readonly string[];
  ids?: readonly IdPrefix[];
  custom?: PropertyDefinition;
};

/** An amount is a decimal string, an instant has milliseconds and `Z`. */
export type Scalar = string | number | boolean;

export const negativeOperators = ['NEQ', 'NOT_IN', 'NOT_CONTAINS', 'NOT_HAS_PROPERTY'] as const;
/** What an absent value matches too. */
export const isNegative = (operator: FilterOperator): boolean =>
  (negativeOperators as readonly string[]).includes(operator);

type PresenceOperator = 'HAS_PROPERTY' | 'NOT_HAS_PROPERTY';
type ManyOperator = 'IN' | 'NOT_IN';
export type OneOperator = Exclude<FilterOperator, PresenceOperator | ManyOperator | 'BETWEEN'>;
export type Condition = { property: SearchProperty } & (
  | { operator: PresenceOperator }
  | { operator: OneOperator; value: Scalar }
  | { operator: 'BETWEEN'; value: Scalar; highValue: Scalar }
  | { operator: ManyOperator; values: readonly Scalar[] }
);

/** Conditions that must all hold. */
export type Branch = readonly Condition[];
/** One of them has to hold; none at all is every invoice. */
export type Filter = readonly Branch[];

/** FILT-3: the orders that there are. */
export const sortProperties = ['createdAt', 'invoiceDate', 'dueDate', 'number', 'total'] as const;
export type SortProperty = (typeof sortProperties)[number];
export const sortDirections = ['asc', 'desc'] as const;
export type Sort = { property: SortProperty; direction: (typeof sortDirections)[number] };
export const newestFirst: Sort = { property: 'createdAt', direction: 'desc' };

/** What is looked for, and in what order. */
export type Search = { filter: Filter; query?: string | undefined; sort: Sort };

/** The limits of FILT-1 and FILT-2. */
export const filterLimits = { groups: 5, filtersInGroup: 10, filters: 25, values: 100 } as const;

export const customPrefix = 'customProperties.';

/** The property of that name, or undefined. */
export const searchProperty = (
  name: string,
  definitions: readonly PropertyDefinition[],
): SearchProperty | undefined => {
  if (!name.startsWith(customPrefix)) return headerProperties.find((known) => known.name === name);
  const custom = definitions.find((definition) => definition.name === name.slice(customPrefix.length));
  return custom && { name, type: custom.type, custom };
};
