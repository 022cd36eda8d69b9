import type { IndexName } from '#lib/data/indexes.ts';
import type { Branch, Scalar, Sort } from '#lib/domain/search/filter.ts';
import { atId, atNumber, reachOf } from './reach.ts';
import { intersection, orderOf, type Reach, type Source } from './source.ts';

/** The indexes that a branch pins: every invoice that it finds lies in one of these sources. */

export type Pin = {
  property: string;
  /** How many invoices are to be expected: the fewer, the lower. */
  rank: number;
  sources: readonly Source[];
  /** Whether the sources are in the order that is wanted. */
  inOrder: boolean;
};

type Pinning = { property: string; index: IndexName; rank: number; at?: (value: Scalar) => Reach };
const pinnings: readonly Pinning[] = [
  { property: 'number', index: 'byNumber', rank: 0, at: atNumber },
  { property: 'id', index: 'byCreation', rank: 0, at: atId },
  { property: 'contactId', index: 'byContact', rank: 1 },
  { property: 'companyId', index: 'byCompany', rank: 1 },
  { property: 'ownerId', index: 'byOwner', rank: 2 },
  { property: 'status', index: 'byStatus', rank: 3 },
];

/** The values that EQ and IN leave to a property, or undefined where neither is asked. */
const pinnedValues = (branch: Branch, property: string): Scalar[] | undefined => {
  const lists = branch
    .filter((condition) => condition.property.name === property)
    .flatMap((condition) => {
      if (condition.operator === 'EQ') return [[condition.value]];
      return condition.operator === 'IN' ? [condition.values] : [];
    });
  if (lists.length === 0) return undefined;
  // Numbers compare without case, so only the evaluation can tell which of them are the same.
  if (property === 'number') return [...new Set(lists[0])];
  const [first = [], ...rest] = lists;
  return [...new Set(first)].filter((value) => rest.every((list) => list.includes(value)));
};

const sourcesOf = (branch: Branch, { index, at }: Pinning, values: readonly Scalar[]): Source[] => {
  const reach = reachOf(branch, index);
  return values.map((value) =>
    at === undefined
      ? { index, value: String(value), reach }
      : { index, reach: intersection(reach, at(value)) },
  );
};

const pinsOf = (branch: Branch, sort: Sort): Pin[] =>
  pinnings.flatMap((pinning) => {
    const { property, index, rank } = pinning;
    const values = pinnedValues(branch, property);
    if (values === undefined) return [];
    const inOrder = orderOf(index) === sort.property;
    return [{ property, rank, inOrder, sources: sourcesOf(branch, pinning, values) }];
  });

const better = (left: Pin, right: Pin): number =>
  left.rank - right.rank ||
  Number(right.inOrder) - Number(left.inOrder) ||
  left.sources.length - right.sources.length;

/** The best pin of a branch, and the best of those in the wanted order. */
export const bestPins = (
  branch: Branch,
  sort: Sort,
): { narrowest: Pin | undefined; inOrder: Pin | undefined } => {
  const pins = pinsOf(branch, sort).sort(better);
  return { narrowest: pins[0], inOrder: pins.find(({ inOrder }) => inOrder) };
};
