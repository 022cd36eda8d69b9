import { parseDecimal } from '#lib/domain/decimal.ts';
import { type Derived, derivedOf } from '#lib/domain/invoice/derive.ts';
import type { InvoiceHeader } from '#lib/domain/invoice/invoice.ts';
import type { FilterType } from '#lib/domain/invoice/property-catalogue.ts';
import type { Condition, Filter, OneOperator, Scalar, SearchProperty } from './filter.ts';
import { foldAccents, foldCase } from './fold.ts';

/** Whether an invoice is what is looked for (FILT-1): one pure function over its header and the account's day. */

type Subject = { header: InvoiceHeader; derived: Derived };
type Test = (subject: Subject) => boolean;

const storedValue = ({ name, custom }: SearchProperty, { header, derived }: Subject): unknown => {
  if (custom !== undefined) {
    const values = header.customProperties ?? {};
    return Object.hasOwn(values, custom.name) ? values[custom.name] : undefined;
  }
  if (name === 'createdBy' || name === 'updatedBy') return header[name].id;
  return name in derived ? derived[name as keyof Derived] : header[name as keyof InvoiceHeader];
};

/** The values that a property has: none where it is absent or an empty list, several where it is a list. */
const valuesIn = (property: SearchProperty, subject: Subject): readonly unknown[] => {
  const value = storedValue(property, subject);
  if (Array.isArray(value)) return value;
  return value === undefined || value === null ? [] : [value];
};

/** Compares a stored value with one of the filter: below, equal or above it; undefined where it is of another type. */
type Compare = (stored: unknown) => number | undefined;
const inOrder = <T extends string | number | boolean>(stored: T, wanted: T): number =>
  stored === wanted ? 0 : stored < wanted ? -1 : 1;

const byText = (wanted: Scalar): Compare => {
  const folded = foldCase(String(wanted));
  return (stored) => (typeof stored === 'string' ? inOrder(foldCase(stored), folded) : undefined);
};
const byNumber = (wanted: Scalar): Compare => {
  const number = parseDecimal(String(wanted));
  return (stored) => (typeof stored === 'string' ? parseDecimal(stored).cmp(number) : undefined);
};
const asItIs = (wanted: Scalar): Compare => {
  return (stored) => (typeof stored === typeof wanted ? inOrder(stored as Scalar, wanted) : undefined);
};

const comparers: Record<FilterType, (wanted: Scalar) => Compare> = {
  string: byText,
  choice: asItIs,
  id: asItIs,
  list: asItIs,
  amount: byNumber,
  number: asItIs,
  date: asItIs,
  instant: asItIs,
  boolean: asItIs,
};

type PositiveOperator = Exclude<OneOperator, 'NEQ' | 'NOT_CONTAINS' | 'CONTAINS'>;
const accepts: Record<PositiveOperator, (order: number) => boolean> = {
  EQ: (order) => order === 0,
  LT: (order) => order < 0,
  LTE: (order) => order <= 0,
  GT: (order) => order > 0,
  GTE: (order) => order >= 0,
};

const not =
  (test: Test): Test =>
  (subject) =>
    !test(subject);

/** Some value of the property is as wanted: an absent one never is. */
const some =
  (property: SearchProperty, isWanted: (stored: unknown) => boolean): Test =>
  (subject) =>
    valuesIn(property, subject).some(isWanted);

const compared = (property: SearchProperty, operator: PositiveOperator, value: Scalar): Test => {
  const compare = comparers[property.type](value);
  return some(property, (stored) => {
    const order = compare(stored);
    return order !== undefined && accepts[operator](order);
  });
};

const contains = (property: SearchProperty, value: Scalar): Test => {
  const folded = foldCase(String(value));
  return some(property, (stored) => typeof stored === 'string' && foldCase(stored).includes(folded));
};

const oneOf = (property: SearchProperty, values: readonly Scalar[]): Test => {
  const tests = values.map((value) => compared(property, 'EQ', value));
  return (subject) => tests.some((test) => test(subject));
};

const testOf = (condition: Condition): Test => {
  const { property } = condition;
  switch (condition.operator) {
    case 'HAS_PROPERTY':
      return some(property, () => true);
    case 'NOT_HAS_PROPERTY':
      return not(some(property, () => true));
    case 'BETWEEN': {
      const fromLow = compared(property, 'GTE', condition.value);
      const toHigh = compared(property, 'LTE', condition.highValue);
      return (subject) => fromLow(subject) && toHigh(subject);
    }
    case 'IN':
      return oneOf(property, condition.values);
    case 'NOT_IN':
      return not(oneOf(property, condition.values));
    case 'CONTAINS':
      return contains(property, condition.value);
    case 'NOT_CONTAINS':
      return not(contains(property, condition.value));
    case 'NEQ':
      return not(compared(property, 'EQ', condition.value));
    default:
      return compared(property, condition.operator, condition.value);
  }
};

/** Where `query` is looked for. */
export const queriedProperties = [
  'number',
  'title',
  'buyerName',
  'buyerEmail',
  'purchaseOrderNumber',
] as const;

const queryTest = (query = ''): Test => {
  if (query.trim() === '') return () => true;
  // A query of marks alone, looks for the marks themselves.
  const fold = foldAccents(query) === '' ? foldCase : foldAccents;
  const wanted = fold(query.trim());
  return ({ header }) => queriedProperties.some((name) => fold(header[name] ?? '').includes(wanted));
};

/**
 * The test of a filter and a query.
 * @param today the account's day, `YYYY-MM-DD`: what is overdue goes by it
 */
export const matcherOf = (
  { filter, query }: { filter: Filter; query?: string | undefined },
  today: string,
): ((header: InvoiceHeader) => boolean) => {
  const branches = filter.map((branch) => branch.map(testOf));
  const isQueried = queryTest(query);
  return (header) => {
    const subject = { header, derived: derivedOf(header, today) };
    const passes = branches.length === 0 || branches.some((tests) => tests.every((test) => test(subject)));
    return passes && isQueried(subject);
  };
};
