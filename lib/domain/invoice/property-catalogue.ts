import { currencyCodes } from '#lib/domain/currency.ts';
import type { IdPrefix } from '#lib/domain/fields.ts';
import { invoiceSources, invoiceStatuses } from './invoice.ts';

/** The properties of an invoice's header that a client can filter on and show as columns (FILT-6). */

export const filterOperators = [
  'EQ',
  'NEQ',
  'LT',
  'LTE',
  'GT',
  'GTE',
  'BETWEEN',
  'IN',
  'NOT_IN',
  'HAS_PROPERTY',
  'NOT_HAS_PROPERTY',
  'CONTAINS',
  'NOT_CONTAINS',
] as const;
export type FilterOperator = (typeof filterOperators)[number];

/** What kind of value a property has: it decides the operators. */
export const filterTypes = [
  'string',
  'choice',
  'id',
  'list',
  'amount',
  'number',
  'date',
  'instant',
  'boolean',
] as const;
export type FilterType = (typeof filterTypes)[number];

const presence = ['HAS_PROPERTY', 'NOT_HAS_PROPERTY'] as const;
const equality = ['EQ', 'NEQ', 'IN', 'NOT_IN', ...presence] as const;
const order = ['EQ', 'NEQ', 'LT', 'LTE', 'GT', 'GTE', 'BETWEEN', 'IN', 'NOT_IN', ...presence] as const;

const operators: Record<FilterType, readonly FilterOperator[]> = {
  string: [...equality, 'CONTAINS', 'NOT_CONTAINS'],
  choice: equality,
  id: equality,
  list: equality,
  amount: order,
  number: order,
  date: order,
  instant: order,
  boolean: ['EQ', 'NEQ', ...presence],
};
export const operatorsOf = (type: FilterType): readonly FilterOperator[] => operators[type];

type Described = {
  name: string;
  type: FilterType;
  choices?: readonly string[];
  /** What its ids are of: an id of another kind is a value of the wrong type. */
  ids?: readonly IdPrefix[];
  sortable?: boolean;
};

const described = [
  { name: 'number', type: 'string', sortable: true },
  { name: 'status', type: 'choice', choices: invoiceStatuses },
  { name: 'title', type: 'string' },
  { name: 'buyerName', type: 'string' },
  { name: 'buyerEmail', type: 'string' },
  { name: 'currency', type: 'choice', choices: currencyCodes },
  { name: 'invoiceDate', type: 'date', sortable: true },
  { name: 'dueDate', type: 'date', sortable: true },
  { name: 'paymentTermDays', type: 'number' },
  { name: 'overdue', type: 'boolean' },
  { name: 'daysOverdue', type: 'number' },
  { name: 'partiallyPaid', type: 'boolean' },
  { name: 'subtotal', type: 'amount' },
  { name: 'discountTotal', type: 'amount' },
  { name: 'feeTotal', type: 'amount' },
  { name: 'taxTotal', type: 'amount' },
  { name: 'taxTotalAccounting', type: 'amount' },
  { name: 'total', type: 'amount', sortable: true },
  { name: 'amountPaid', type: 'amount' },
  { name: 'balanceDue', type: 'amount' },
  { name: 'purchaseOrderNumber', type: 'string' },
  { name: 'buyerReference', type: 'string' },
  { name: 'contractReference', type: 'string' },
  { name: 'projectReference', type: 'string' },
  { name: 'contactId', type: 'id', ids: ['con'] },
  { name: 'companyId', type: 'id', ids: ['com'] },
  { name: 'contactIds', type: 'list', ids: ['con'] },
  { name: 'companyIds', type: 'list', ids: ['com'] },
  { name: 'ownerId', type: 'id', ids: ['mem'] },
  { name: 'language', type: 'string' },
  { name: 'locale', type: 'string' },
  { name: 'slug', type: 'string' },
  { name: 'allowOnlinePayment', type: 'boolean' },
  { name: 'allowPartialPayments', type: 'boolean' },
  { name: 'paymentMeans', type: 'string' },
  { name: 'exchangeRate', type: 'amount' },
  { name: 'taxPointDate', type: 'date' },
  { name: 'taxPointCode', type: 'string' },
  { name: 'type', type: 'choice', choices: ['380'] },
  { name: 'source', type: 'choice', choices: invoiceSources },
  { name: 'subscriptionId', type: 'string' },
  { name: 'clonedFrom', type: 'id', ids: ['inv'] },
  { name: 'id', type: 'id', ids: ['inv'] },
  { name: 'version', type: 'number' },
  { name: 'documentVersion', type: 'number' },
  { name: 'createdAt', type: 'instant', sortable: true },
  { name: 'createdBy', type: 'id', ids: ['mem', 'key'] },
  { name: 'updatedAt', type: 'instant' },
  { name: 'updatedBy', type: 'id', ids: ['mem', 'key'] },
  { name: 'finalizedAt', type: 'instant' },
  { name: 'paidAt', type: 'instant' },
  { name: 'voidedAt', type: 'instant' },
  { name: 'lastSentAt', type: 'instant' },
  { name: 'lastViewedAt', type: 'instant' },
] as const satisfies readonly Described[];
export type HeaderPropertyName = (typeof described)[number]['name'];

/** Every filterable property of the header, custom ones aside, in the order of a column picker. */
export const headerProperties: readonly (Described & { name: HeaderPropertyName })[] = described;
