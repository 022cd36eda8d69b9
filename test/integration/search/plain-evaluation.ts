import type { InvoiceHeader } from '#lib/domain/invoice/invoice.ts';

/**
 * FILT-1 and FILT-3 written down a second time, as plainly as they read, over all invoices of an account: what the
 * service has to agree with (FILT-5).
 */

export type PlainFilter = {
  property: string;
  operator: string;
  value?: unknown;
  highValue?: unknown;
  values?: unknown[];
};
export type PlainSearch = {
  filterGroups?: { filters: PlainFilter[] }[];
  query?: string;
  sort?: { property: string; direction: string };
};

const amounts = new Set([
  'subtotal',
  'discountTotal',
  'feeTotal',
  'taxTotal',
  'total',
  'amountPaid',
  'balanceDue',
]);
const texts = new Set([
  'number',
  'title',
  'buyerName',
  'buyerEmail',
  'purchaseOrderNumber',
  'customProperties.region',
]);

const tenDecimals = (decimal: string): bigint => {
  const [, sign = '', integer = '', rest = ''] = /^(-?)(\d+)(?:\.(\d*))?$/.exec(decimal) ?? [];
  return BigInt(`${sign}${integer}${rest.padEnd(10, '0')}`);
};

const daysLate = (header: InvoiceHeader, today: string): number => {
  if (header.status !== 'open' || header.dueDate === undefined) return 0;
  const days = (Date.parse(today) - Date.parse(header.dueDate)) / 86_400_000;
  return days > 0 ? days : 0;
};

const valueIn = (header: InvoiceHeader, property: string, today: string): unknown => {
  if (property.startsWith('customProperties.'))
    return header.customProperties?.[property.split('.')[1] ?? ''];
  if (property === 'overdue') return daysLate(header, today) > 0;
  if (property === 'daysOverdue') return daysLate(header, today);
  if (property === 'partiallyPaid') return header.status === 'open' && tenDecimals(header.amountPaid) > 0n;
  if (property === 'createdBy' || property === 'updatedBy') return header[property].id;
  return header[property as keyof InvoiceHeader];
};

const comparable = (property: string, value: unknown): string | number | bigint | boolean => {
  if (amounts.has(property)) return tenDecimals(value as string);
  if (texts.has(property)) return (value as string).toLowerCase();
  return value as string | number | boolean;
};

const holds = (header: InvoiceHeader, filter: PlainFilter, today: string): boolean => {
  const { property, operator } = filter;
  const stored = valueIn(header, property, today);
  const list = (Array.isArray(stored) ? stored : [stored]).filter((one) => one !== undefined);
  const has = list.map((one) => comparable(property, one));
  const wanted = (value: unknown) => comparable(property, value);
  switch (operator) {
    case 'HAS_PROPERTY':
      return has.length > 0;
    case 'NOT_HAS_PROPERTY':
      return has.length === 0;
    case 'EQ':
      return has.includes(wanted(filter.value));
    case 'NEQ':
      return !has.includes(wanted(filter.value));
    case 'IN':
      return (filter.values ?? []).some((value) => has.includes(wanted(value)));
    case 'NOT_IN':
      return !(filter.values ?? []).some((value) => has.includes(wanted(value)));
    case 'LT':
      return has.some((one) => one < wanted(filter.value));
    case 'LTE':
      return has.some((one) => one <= wanted(filter.value));
    case 'GT':
      return has.some((one) => one > wanted(filter.value));
    case 'GTE':
      return has.some((one) => one >= wanted(filter.value));
    case 'BETWEEN':
      return has.some((one) => one >= wanted(filter.value) && one <= wanted(filter.highValue));
    case 'CONTAINS':
      return has.some((one) => String(one).includes(String(wanted(filter.value))));
    case 'NOT_CONTAINS':
      return !has.some((one) => String(one).includes(String(wanted(filter.value))));
    default:
      throw new Error(`no operator ${operator}`);
  }
};

/** By the Unicode collation that finds a letter whatever its accent and case. */
const bare = (text: string): string =>
  text.normalize('NFD').replace(/\p{M}/gu, '').replaceAll('ı', 'i').replace(/[łŁ]/g, 'l').toLowerCase();
const isQueried = (header: InvoiceHeader, query: string): boolean =>
  [header.number, header.title, header.buyerName, header.buyerEmail, header.purchaseOrderNumber].some(
    (text) => text !== undefined && bare(text).includes(bare(query)),
  );

const keyOf = (header: InvoiceHeader, property: string): string | number | bigint | undefined => {
  if (property === 'number') return header.counter;
  if (property === 'total') return tenDecimals(header.total);
  return header[property as 'createdAt' | 'invoiceDate' | 'dueDate'];
};

/** The ids that a search has to find, in their order: equal ones by id, and the whole turned round when descending. */
export const evaluatePlainly = (
  headers: readonly InvoiceHeader[],
  search: PlainSearch,
  today: string,
): string[] => {
  const { filterGroups = [], query, sort = { property: 'createdAt', direction: 'desc' } } = search;
  const turn = sort.direction === 'desc' ? -1 : 1;
  const found = headers.filter(
    (header) =>
      (filterGroups.length === 0 ||
        filterGroups.some(({ filters }) => filters.every((filter) => holds(header, filter, today)))) &&
      (query === undefined || isQueried(header, query)),
  );
  return found
    .sort((left, right) => {
      const [a, b] = [keyOf(left, sort.property), keyOf(right, sort.property)];
      if ((a === undefined) !== (b === undefined)) return a === undefined ? 1 : -1;
      if (a !== undefined && b !== undefined && a !== b) return a < b ? -turn : turn;
      return left.id < right.id ? -turn : turn;
    })
    .map(({ id }) => id);
};
