import { type FilterOperator, filterOperators, operatorsOf } from '#lib/domain/invoice/property-catalogue.ts';
import type { PropertyDefinition } from '#lib/domain/property-definition.ts';
import type { Fault } from '#lib/domain/refusal.ts';
import {
  type Branch,
  type Condition,
  customPrefix,
  type Filter,
  filterLimits,
  type OneOperator,
  type Scalar,
  type SearchProperty,
  searchProperty,
} from './filter.ts';
import { readFilterValue } from './filter-value.ts';

/** From `filterGroups` as they were sent to a checked filter, or every fault with its place (FILT-2). */

type Checking = { definitions: readonly PropertyDefinition[]; faults: Fault[] };
type Loose = Record<string, unknown>;

const fault = ({ faults }: Checking, pointer: string, code: string, detail: string): undefined => {
  faults.push({ pointer, code, detail });
};

const isGiven = (value: unknown): boolean => value !== undefined && value !== null;

/** How many unknown fields of one object are named, and how long a name may be to be shown. */
const shownAtMost = { names: 20, length: 500 };
const escaped = (name: string): string =>
  name.slice(0, shownAtMost.length).replaceAll('~', '~0').replaceAll('/', '~1');

/** The object, where it has no fields but these. */
const objectOf = (
  raw: unknown,
  fields: readonly string[],
  pointer: string,
  checking: Checking,
): Loose | undefined => {
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw))
    return fault(checking, pointer, 'invalid_type', 'must be an object');
  const unknown = Object.keys(raw).filter((name) => !fields.includes(name));
  for (const name of unknown.slice(0, shownAtMost.names))
    fault(checking, `${pointer}/${escaped(name)}`, 'unknown_field', 'is not a field of this request');
  return raw as Loose;
};

const listOf = (raw: unknown, max: number, pointer: string, checking: Checking): unknown[] => {
  if (!Array.isArray(raw)) {
    fault(checking, pointer, isGiven(raw) ? 'invalid_type' : 'required', 'must be a list');
    return [];
  }
  if (raw.length > max) fault(checking, pointer, 'too_large', `has more than ${max}`);
  return raw.slice(0, max);
};

const readOperand = (raw: unknown, property: SearchProperty, pointer: string, checking: Checking) => {
  if (!isGiven(raw)) return fault(checking, pointer, 'required', 'is what the operator compares with');
  const read = readFilterValue(raw, property);
  return read.ok ? read.value : fault(checking, pointer, read.code, read.detail);
};

const valuesOf = (raw: Loose, property: SearchProperty, pointer: string, checking: Checking): Scalar[] => {
  const list = listOf(raw.values, filterLimits.values, `${pointer}/values`, checking);
  if (Array.isArray(raw.values) && list.length === 0)
    fault(checking, `${pointer}/values`, 'too_small', 'must have at least one value');
  return list.flatMap(
    (one, index) => readOperand(one, property, `${pointer}/values/${index}`, checking) ?? [],
  );
};

/** The fields that an operator takes beside `property` and `operator`. */
const operandsOf = (operator: FilterOperator): readonly string[] => {
  if (operator === 'HAS_PROPERTY' || operator === 'NOT_HAS_PROPERTY') return [];
  if (operator === 'IN' || operator === 'NOT_IN') return ['values'];
  return operator === 'BETWEEN' ? ['value', 'highValue'] : ['value'];
};
const operands = ['value', 'highValue', 'values'];

const comparisonOf = (
  raw: Loose,
  property: SearchProperty,
  operator: FilterOperator,
  pointer: string,
  checking: Checking,
): Condition | undefined => {
  for (const name of operands.filter((one) => isGiven(raw[one]) && !operandsOf(operator).includes(one)))
    fault(checking, `${pointer}/${name}`, 'unexpected', `does not go with ${operator}`);
  if (operator === 'HAS_PROPERTY' || operator === 'NOT_HAS_PROPERTY') return { property, operator };
  if (operator === 'IN' || operator === 'NOT_IN')
    return { property, operator, values: valuesOf(raw, property, pointer, checking) };
  const value = readOperand(raw.value, property, `${pointer}/value`, checking);
  if (operator === 'BETWEEN') {
    const highValue = readOperand(raw.highValue, property, `${pointer}/highValue`, checking);
    return value === undefined || highValue === undefined
      ? undefined
      : { property, operator, value, highValue };
  }
  return value === undefined ? undefined : { property, operator: operator satisfies OneOperator, value };
};

const propertyOf = (raw: unknown, pointer: string, checking: Checking): SearchProperty | undefined => {
  if (typeof raw !== 'string')
    return fault(
      checking,
      pointer,
      isGiven(raw) ? 'invalid_type' : 'required',
      'must be the name of a property',
    );
  const property = searchProperty(raw, checking.definitions);
  const why = raw.startsWith(customPrefix) ? 'is not defined' : 'is no property that can be filtered on';
  return property ?? fault(checking, pointer, 'unknown_property', why);
};

const isOperator = (raw: unknown): raw is FilterOperator =>
  (filterOperators as readonly unknown[]).includes(raw);

const operatorOf = (
  raw: unknown,
  property: SearchProperty | undefined,
  pointer: string,
  checking: Checking,
): FilterOperator | undefined => {
  if (!isGiven(raw)) return fault(checking, pointer, 'required', 'must be an operator');
  if (!isOperator(raw)) return fault(checking, pointer, 'unknown_operator', 'is no operator');
  if (property === undefined || operatorsOf(property.type).includes(raw)) return raw;
  return fault(checking, pointer, 'invalid_operator', `is not for a property of the type ${property.type}`);
};

const conditionOf = (raw: unknown, pointer: string, checking: Checking): Condition | undefined => {
  const given = objectOf(raw, ['property', 'operator', ...operands], pointer, checking);
  if (given === undefined) return undefined;
  const property = propertyOf(given.property, `${pointer}/property`, checking);
  const operator = operatorOf(given.operator, property, `${pointer}/operator`, checking);
  if (property === undefined || operator === undefined) return undefined;
  return comparisonOf(given, property, operator, pointer, checking);
};

const branchOf = (raw: unknown, pointer: string, checking: Checking): Branch => {
  const given = objectOf(raw, ['filters'], pointer, checking);
  if (given === undefined) return [];
  const filters = listOf(given.filters, filterLimits.filtersInGroup, `${pointer}/filters`, checking);
  return filters.flatMap((one, index) => conditionOf(one, `${pointer}/filters/${index}`, checking) ?? []);
};

const countOf = (group: unknown): number => {
  const filters = (group as Loose | null)?.filters;
  return Array.isArray(filters) ? filters.length : 0;
};

/**
 * The filter that `filterGroups` say; absent or empty is no filter. A group without filters is every invoice.
 * @param pointer where they stand in the request
 * @returns the filter, to be used only where there is no fault
 */
export const checkFilter = (
  raw: unknown,
  definitions: readonly PropertyDefinition[],
  pointer = '/filterGroups',
): { filter: Filter; faults: Fault[] } => {
  const checking: Checking = { definitions, faults: [] };
  if (!isGiven(raw)) return { filter: [], faults: [] };
  const groups = listOf(raw, filterLimits.groups, pointer, checking);
  if (groups.reduce((sum: number, group) => sum + countOf(group), 0) > filterLimits.filters)
    fault(checking, pointer, 'too_large', `has more than ${filterLimits.filters} filters in all`);
  const filter = groups.map((group, index) => branchOf(group, `${pointer}/${index}`, checking));
  return { filter, faults: checking.faults };
};
