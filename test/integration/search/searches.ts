import fc from 'fast-check';
import type { PlainFilter, PlainSearch } from './plain-evaluation.ts';
import { amountIn, pool } from './seed.ts';

/** Searches that somebody might make: any property, any of its operators, values that invoices have and others. */

type Kind = { values: fc.Arbitrary<unknown>; operators: readonly string[] };
const presence = ['HAS_PROPERTY', 'NOT_HAS_PROPERTY'];
const equality = ['EQ', 'NEQ', 'IN', 'NOT_IN', ...presence];
const order = [...equality, 'LT', 'LTE', 'GT', 'GTE', 'BETWEEN'];

const from = (values: readonly unknown[]) => fc.constantFrom(...values);
const kind = (values: readonly unknown[], operators: readonly string[]): Kind => ({
  values: from(values),
  operators,
});
const textOf = (values: readonly string[]): Kind =>
  kind(
    [...values, ...values.map((text) => text.toLowerCase()), 'e', 'no such'],
    [...equality, 'CONTAINS', 'NOT_CONTAINS'],
  );

const numbers = Array.from({ length: 8 }, (_, index) => `INV-${String(index * 31 + 1).padStart(4, '0')}`);
const amounts = pool.totals.flatMap((total) => [total, amountIn('EUR', total), `${total}.00005`, '-1']);

const kindsOn = (today: string): Record<string, Kind> => {
  const days = pool.days(today);
  const instants = days.map((day) => `${day}T00:20:00.000Z`);
  return {
    status: kind(['draft', 'open', 'paid', 'voided'], equality),
    currency: kind([...pool.currencies, 'CHF'], equality),
    number: textOf([...numbers, 'inv-1', '7', 'INV-']),
    title: textOf(pool.titles.filter((title) => title !== 'İstanbul')),
    buyerName: textOf(['Acme Corp', 'ACME', 'Müller & Söhne', 'شركة النور', '東京商事']),
    buyerEmail: textOf(pool.emails),
    purchaseOrderNumber: textOf(pool.orders),
    invoiceDate: kind(days, order),
    dueDate: kind(days, order),
    createdAt: kind(instants, order),
    finalizedAt: kind(instants, order),
    lastSentAt: kind(instants, order),
    paymentTermDays: kind([0, 14, 20.5, 30], order),
    overdue: kind([true, false], ['EQ', 'NEQ', ...presence]),
    daysOverdue: kind([-1, 0, 0.5, 1, 2, 30, 400, 1e300], order),
    partiallyPaid: kind([true, false], ['EQ', 'NEQ', ...presence]),
    allowOnlinePayment: kind([true, false], ['EQ', 'NEQ', ...presence]),
    total: kind(amounts, order),
    amountPaid: kind(['0', '3', '3.0', '100'], order),
    contactId: kind([...pool.contacts, 'con_01JD4M8ZQ5W7R3T9Y2K6H0NZZZ'], equality),
    companyId: kind(pool.companies, equality),
    ownerId: kind(pool.owners, equality),
    contactIds: kind(pool.contacts, equality),
    companyIds: kind(pool.companies, equality),
    createdBy: kind(pool.members, equality),
    source: kind(['api', 'clone', 'subscription'], equality),
    version: kind([1, 2, 3], order),
    'customProperties.region': textOf(pool.regions),
    'customProperties.score': kind(pool.scores, order),
    'customProperties.vip': kind([true, false], ['EQ', 'NEQ', ...presence]),
    'customProperties.since': kind(days, order),
  };
};

const filterOf = (property: string, { values, operators }: Kind): fc.Arbitrary<PlainFilter> =>
  from(operators).chain((operator): fc.Arbitrary<PlainFilter> => {
    const base = { property, operator: operator as string };
    if (presence.includes(base.operator)) return fc.constant(base);
    if (base.operator === 'IN' || base.operator === 'NOT_IN')
      return fc.array(values, { minLength: 1, maxLength: 4 }).map((list) => ({ ...base, values: list }));
    if (base.operator === 'BETWEEN')
      return fc.tuple(values, values).map(([value, highValue]) => ({ ...base, value, highValue }));
    return values.map((value) => ({ ...base, value }));
  });

/** The properties that an index serves come oftener, so that each way to find is gone. */
const served = [
  'status',
  'contactId',
  'companyId',
  'ownerId',
  'dueDate',
  'createdAt',
  'total',
  'number',
  'invoiceDate',
  'overdue',
  'daysOverdue',
];

export const searchesOn = (today: string): fc.Arbitrary<PlainSearch> => {
  const kinds = kindsOn(today);
  const anyOf = (names: readonly string[]) =>
    fc.constantFrom(...names).chain((name) => filterOf(name, kinds[name] as Kind));
  const filter = fc.oneof(anyOf(served), anyOf(Object.keys(kinds)));
  const group = fc.record({ filters: fc.array(filter, { minLength: 1, maxLength: 4 }) });
  return fc.record(
    {
      filterGroups: fc.array(group, { maxLength: 4 }),
      sort: fc.record({
        property: fc.constantFrom('createdAt', 'invoiceDate', 'dueDate', 'number', 'total'),
        direction: fc.constantFrom('asc', 'desc'),
      }),
      query: fc.constantFrom(
        'acme',
        'ETUDE',
        'muller',
        'النور',
        '商事',
        'istanbul',
        'INCI',
        'lodz',
        'po-7',
        'inv-01',
      ),
    },
    { requiredKeys: ['filterGroups'] },
  );
};
