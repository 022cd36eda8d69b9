import { absentPrefix, type IndexName, presentPrefix } from '#lib/data/indexes.ts';
import type { Sort, SortProperty } from '#lib/domain/search/filter.ts';

/** What is read: a partition of an index, and how far. */

/** Sort keys from `low` to `high`, both included; of present values. */
export type Span = { low: string; high: string };
/** What a search can find in an order: places of present values, and whether those without a value too. */
export type Reach = { present: Span | undefined; absent: boolean };

export type Source = {
  index: IndexName;
  /** Value that the index pins; none for an order of the whole account. */
  value?: string;
  reach: Reach;
};

/** After every key that begins with what stands before it. */
export const beyond = '\u{10ffff}';

export const everywhere: Reach = {
  present: { low: presentPrefix, high: `${presentPrefix}${beyond}` },
  absent: true,
};
export const nowhere: Reach = { present: undefined, absent: false };
export const wherePresent: Reach = { ...everywhere, absent: false };
export const whereAbsent: Reach = { present: undefined, absent: true };

const smaller = (left: string, right: string): string => (left < right ? left : right);
const greater = (left: string, right: string): string => (left < right ? right : left);

/** What is in both. */
export const intersection = (left: Reach, right: Reach): Reach => {
  const low = left.present && right.present && greater(left.present.low, right.present.low);
  const high = left.present && right.present && smaller(left.present.high, right.present.high);
  const present = low !== undefined && high !== undefined && low <= high ? { low, high } : undefined;
  return { present, absent: left.absent && right.absent };
};

/** The least that holds both. */
export const hull = (left: Reach, right: Reach): Reach => ({
  present:
    left.present && right.present
      ? {
          low: smaller(left.present.low, right.present.low),
          high: greater(left.present.high, right.present.high),
        }
      : (left.present ?? right.present),
  absent: left.absent || right.absent,
});

const wholeOrders: Record<SortProperty, IndexName> = {
  createdAt: 'byCreation',
  invoiceDate: 'byInvoiceDate',
  dueDate: 'byDueDate',
  number: 'byNumber',
  total: 'byTotal',
};
/** The index that holds the whole account in an order. */
export const indexOfSort = ({ property }: Sort): IndexName => wholeOrders[property];

/** The property that the places of an index are in the order of; two indexes of one order have the same places. */
export const orderOf = (index: IndexName): SortProperty => {
  switch (index) {
    case 'byInvoiceDate':
      return 'invoiceDate';
    case 'byDueDate':
    case 'byStatus':
      return 'dueDate';
    case 'byNumber':
      return 'number';
    case 'byTotal':
      return 'total';
    default:
      return 'createdAt';
  }
};

/** Whether one place comes before another: present values before absent ones, either way (FILT-3). */
export const isBefore = (left: string, right: string, descending: boolean): boolean => {
  const [leftIsAbsent, rightIsAbsent] = [left.startsWith(absentPrefix), right.startsWith(absentPrefix)];
  if (leftIsAbsent !== rightIsAbsent) return rightIsAbsent;
  return descending ? left > right : left < right;
};

/** Just before a place, for reading downwards: no key of an index lies between. */
const justBefore = (place: string): string => {
  const last = place.charCodeAt(place.length - 1);
  return `${place.slice(0, -1)}${String.fromCharCode(last - 1)}${beyond}`;
};

/** The spans of a source in the order of reading, from behind a place on. */
export const spansOf = ({ reach }: Source, descending: boolean, after: string | undefined): Span[] => {
  const absent = { low: absentPrefix, high: `${absentPrefix}${beyond}` };
  const clipped = ({ low, high }: Span): Span => {
    if (after === undefined) return { low, high };
    return descending
      ? { low, high: smaller(high, justBefore(after)) }
      : { low: greater(low, `${after}\u0000`), high };
  };
  const isInAbsent = after?.startsWith(absentPrefix) ?? false;
  const spans = [
    ...(reach.present && !isInAbsent ? [clipped(reach.present)] : []),
    ...(reach.absent ? [isInAbsent ? clipped(absent) : absent] : []),
  ];
  return spans.filter(({ low, high }) => low <= high);
};
