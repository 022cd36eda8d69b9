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
  label: string;
  choices?: readonly string[];
  /** What its ids are of: an id of another kind is a value of the wrong type. */
  ids?: readonly IdPrefix[];
  sortable?: boolean;
};

/** Every filterable property of the header, custom ones aside, in the order of a column picker. */
export const headerProperties: readonly Described[] = [
  { name: 'number', type: 'string', label: 'Number', sortable: true },
  { name: 'status', type: 'choice', label: 'Status', choices: invoiceStatuses },
  { name: 'title', type: 'string', label: 'Title' },
  { name: 'buyerName', type: 'string', label: 'Buyer' },
  { name: 'buyerEmail', type: 'string', label: 'Buyer’s e-mail' },
  { name: 'currency', type: 'choice', label: 'Currency', choices: currencyCodes },
  { name: 'invoiceDate', type: 'date', label: 'Invoice date', sortable: true },
  { name: 'dueDate', type: 'date', label: 'Due date', sortable: true },
  { name: 'paymentTermDays', type: 'number', label: 'Payment term (days)' },
  { name: 'overdue', type: 'boolean', label: 'Overdue' },
  { name: 'daysOverdue', type: 'number', label: 'Days overdue' },
  { name: 'partiallyPaid', type: 'boolean', label: 'Partly paid' },
  { name: 'subtotal', type: 'amount', label: 'Subtotal' },
  { name: 'discountTotal', type: 'amount', label: 'Discounts' },
  { name: 'feeTotal', type: 'amount', label: 'Fees' },
  { name: 'taxTotal', type: 'amount', label: 'Tax' },
  { name: 'taxTotalAccounting', type: 'amount', label: 'Tax in the accounting currency' },
  { name: 'total', type: 'amount', label: 'Total', sortable: true },
  { name: 'amountPaid', type: 'amount', label: 'Paid' },
  { name: 'balanceDue', type: 'amount', label: 'Balance due' },
  { name: 'purchaseOrderNumber', type: 'string', label: 'Purchase order number' },
  { name: 'buyerReference', type: 'string', label: 'Buyer’s reference' },
  { name: 'contractReference', type: 'string', label: 'Contract' },
  { name: 'projectReference', type: 'string', label: 'Project' },
  { name: 'contactId', type: 'id', label: 'Billing contact', ids: ['con'] },
  { name: 'companyId', type: 'id', label: 'Company', ids: ['com'] },
  { name: 'contactIds', type: 'list', label: 'Associated contacts', ids: ['con'] },
  { name: 'companyIds', type: 'list', label: 'Associated companies', ids: ['com'] },
  { name: 'ownerId', type: 'id', label: 'Owner', ids: ['mem'] },
  { name: 'language', type: 'string', label: 'Language' },
  { name: 'locale', type: 'string', label: 'Locale' },
  { name: 'slug', type: 'string', label: 'Link’s slug' },
  { name: 'allowOnlinePayment', type: 'boolean', label: 'Online payment allowed' },
  { name: 'allowPartialPayments', type: 'boolean', label: 'Partial payments allowed' },
  { name: 'paymentMeans', type: 'string', label: 'Means of payment (UNTDID 4461)' },
  { name: 'exchangeRate', type: 'amount', label: 'Exchange rate' },
  { name: 'taxPointDate', type: 'date', label: 'Tax point date' },
  { name: 'taxPointCode', type: 'string', label: 'Tax point code' },
  { name: 'type', type: 'choice', label: 'Type (UNTDID 1001)', choices: ['380'] },
  { name: 'source', type: 'choice', label: 'Source', choices: invoiceSources },
  { name: 'subscriptionId', type: 'string', label: 'Subscription' },
  { name: 'clonedFrom', type: 'id', label: 'Cloned from', ids: ['inv'] },
  { name: 'id', type: 'id', label: 'Id', ids: ['inv'] },
  { name: 'version', type: 'number', label: 'Version' },
  { name: 'documentVersion', type: 'number', label: 'Document version' },
  { name: 'createdAt', type: 'instant', label: 'Created', sortable: true },
  { name: 'createdBy', type: 'id', label: 'Created by', ids: ['mem', 'key'] },
  { name: 'updatedAt', type: 'instant', label: 'Updated' },
  { name: 'updatedBy', type: 'id', label: 'Updated by', ids: ['mem', 'key'] },
  { name: 'finalizedAt', type: 'instant', label: 'Finalized' },
  { name: 'paidAt', type: 'instant', label: 'Paid at' },
  { name: 'voidedAt', type: 'instant', label: 'Voided at' },
  { name: 'lastSentAt', type: 'instant', label: 'Last sent' },
  { name: 'lastViewedAt', type: 'instant', label: 'Last viewed' },
];
