import { encodeTime } from 'ulid';
import { type IndexName, orderedAmount, orderedCounter, presentPrefix } from '#lib/data/indexes.ts';
import {
  type Branch,
  type Condition,
  isNegative,
  type Scalar,
  type SortProperty,
} from '#lib/domain/search/filter.ts';
import {
  everywhere,
  hull,
  intersection,
  nowhere,
  orderOf,
  type Reach,
  whereAbsent,
  wherePresent,
} from './source.ts';

/**
 * Which places of an order a condition leaves. It may leave too many (the evaluation decides in the end), never too few.
 */

/** Places before, at and after a value: in `V#<value>#<id>`, `$` is what follows `#`. */
type Edges = { from: string; to: string };
const edgesOf = (value: string): Edges => ({
  from: `${presentPrefix}${value}#`,
  to: `${presentPrefix}${value}$`,
});

/** Ids carry the time of creation, to the millisecond. */
const creationEdges = (instant: string): Edges => {
  const milliseconds = Math.min(Math.max(Date.parse(instant), 0), 2 ** 48 - 1);
  const place = `${presentPrefix}#inv_${encodeTime(milliseconds, 10)}`;
  return { from: place, to: `${place}~` };
};

/** The index keeps four decimals, as many as a currency has: what is beyond lies at the value that is cut. */
const amountEdges = (amount: string): Edges => {
  if (amount.startsWith('-')) return { from: presentPrefix, to: presentPrefix };
  const [integer = '0', decimals = ''] = amount.split('.');
  return edgesOf(orderedAmount(`${integer}.${decimals.slice(0, 4)}`));
};

/** A prefix does not end in a digit: the digits at the end are the counter (NUM-1). */
const numberEdges = (number: string): Edges | undefined => {
  const digits = /\d+$/.exec(number)?.[0].replace(/^0+(?=\d)/, '');
  return digits === undefined || digits.length > 15 ? undefined : edgesOf(orderedCounter(Number(digits)));
};

/** The edges of a value in an order; undefined where no invoice can have it. */
const edgesIn = (order: SortProperty, value: Scalar): Edges | undefined => {
  const text = String(value);
  switch (order) {
    case 'createdAt':
      return creationEdges(text);
    case 'total':
      return amountEdges(text);
    case 'number':
      return numberEdges(text);
    default:
      return edgesOf(text);
  }
};

const between = (low: Edges | undefined, high: Edges | undefined): Reach => {
  const span = {
    low: low?.from ?? wherePresent.present?.low ?? '',
    high: high?.to ?? wherePresent.present?.high ?? '',
  };
  return span.low <= span.high ? { present: span, absent: false } : nowhere;
};

/** Exactly at a value. */
const at = (order: SortProperty, value: Scalar): Reach => {
  const edges = edgesIn(order, value);
  return edges === undefined ? nowhere : between(edges, edges);
};

/** Exactly at one of an invoice’s id, where the order is that of creation. */
export const atId = (id: Scalar): Reach => {
  const place = `${presentPrefix}#${id}`;
  return { present: { low: place, high: place }, absent: false };
};
/** Exactly at the counter that a number ends in. */
export const atNumber = (number: Scalar): Reach => at('number', number);

const ofCondition = (condition: Condition, order: SortProperty): Reach => {
  switch (condition.operator) {
    case 'EQ':
      return at(order, condition.value);
    case 'IN':
      return condition.values.map((value) => at(order, value)).reduce(hull, nowhere);
    case 'LT':
    case 'LTE':
      return between(undefined, edgesIn(order, condition.value));
    case 'GT':
    case 'GTE':
      return between(edgesIn(order, condition.value), undefined);
    case 'BETWEEN':
      return between(edgesIn(order, condition.value), edgesIn(order, condition.highValue));
    case 'NOT_HAS_PROPERTY':
      return whereAbsent;
    default:
      return isNegative(condition.operator) ? everywhere : wherePresent;
  }
};

/** The places of an index that all conditions of a branch leave. */
export const reachOf = (branch: Branch, index: IndexName): Reach => {
  const order = orderOf(index);
  return branch
    .filter(({ property }) => property.name === order)
    .map((condition) => ofCondition(condition, order))
    .reduce(intersection, everywhere);
};
