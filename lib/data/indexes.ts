import type { InvoiceHeader } from '#lib/domain/invoice/invoice.ts';
import { isZero } from '#lib/domain/money.ts';
import type { Payment } from '#lib/domain/payment.ts';

/**
 * The lists: each is a global secondary index over headers, with its own pair of key attributes, so that an item
 * stands in every list that it has keys for. A partition holds one shard of one list of one account.
 */
export const indexNames = [
  'byCreation',
  'byInvoiceDate',
  'byDueDate',
  'byNumber',
  'byTotal',
  'byStatus',
  'byContact',
  'byCompany',
  'byOwner',
  'draftsByContact',
  'draftsByCompany',
] as const;
export type IndexName = (typeof indexNames)[number];

/** The names of an index's key attributes. */
export const indexAttributes = (index: IndexName) => ({ pk: `${index}Pk`, sk: `${index}Sk` }) as const;

/** The attributes that an index carries besides the keys: the header, or nothing where only existence is asked. */
const projected = (index: IndexName): readonly 'data'[] => (index.startsWith('drafts') ? [] : ['data']);

/** The table as CDK and the local service create it. */
export const tableDefinition = {
  partitionKey: 'pk',
  sortKey: 'sk',
  timeToLive: 'expiresAt',
  indexes: indexNames.map((name) => ({ name, ...indexAttributes(name), projected: projected(name) })),
} as const;

/** The partition of a list: of the account as a whole, or of one value of the index's property. */
export const listPartition = (
  accountId: string,
  kind: string,
  value: string | undefined,
  shard: number,
): string => `A#${accountId}#${kind}${value === undefined ? '' : `#${value}`}#${shard}`;

/** Present values come before absent ones, either way (FILT-3): readers go through `V#`, then through `Z#`. */
export const presentPrefix = 'V#';
export const absentPrefix = 'Z#';
const ordered = (value: string | undefined, id: string): string =>
  value === undefined ? `${absentPrefix}${id}` : `${presentPrefix}${value}#${id}`;

/** A total as text whose order is that of the numbers: 15 integer digits, four decimals. */
export const orderedAmount = (amount: string): string => {
  const [integer = '0', decimals = ''] = amount.split('.');
  return `${integer.padStart(15, '0')}${decimals.padEnd(4, '0')}`;
};
/** A counter as text whose order is that of the numbers. */
export const orderedCounter = (counter: number): string => String(counter).padStart(15, '0');

/** The place of an invoice in each order. Ids rise with the time of creation. */
const placeIn: Record<IndexName, (header: InvoiceHeader) => string> = {
  byCreation: ({ id }) => ordered('', id),
  byInvoiceDate: ({ id, invoiceDate }) => ordered(invoiceDate, id),
  byDueDate: ({ id, dueDate }) => ordered(dueDate, id),
  byNumber: ({ id, counter }) => ordered(counter === undefined ? undefined : orderedCounter(counter), id),
  byTotal: ({ id, total }) => ordered(orderedAmount(total), id),
  byStatus: ({ id, dueDate }) => ordered(dueDate, id),
  byContact: ({ id }) => ordered('', id),
  byCompany: ({ id }) => ordered('', id),
  byOwner: ({ id }) => ordered('', id),
  draftsByContact: ({ id }) => ordered('', id),
  draftsByCompany: ({ id }) => ordered('', id),
};

/** The place of an invoice in the order of an index: its sort key there. */
export const placeInIndex = (index: IndexName, header: InvoiceHeader): string => placeIn[index](header);

/** The value that an index pins, undefined where the invoice has none; the orders of the whole account pin none. */
const valueIn: Partial<Record<IndexName, (header: InvoiceHeader) => string | undefined>> = {
  byStatus: ({ status }) => status,
  byContact: ({ contactId }) => contactId,
  byCompany: ({ companyId }) => companyId,
  byOwner: ({ ownerId }) => ownerId,
  // CON-2 asks whether a draft names a contact or company, whatever the number of its finalized invoices.
  draftsByContact: ({ status, contactId }) => (status === 'draft' ? contactId : undefined),
  draftsByCompany: ({ status, companyId }) => (status === 'draft' ? companyId : undefined),
};

/** The index attributes of an invoice's header item. */
export const invoiceIndexKeys = (header: InvoiceHeader): Record<string, string> =>
  Object.fromEntries(
    indexNames.flatMap((index) => {
      const value = valueIn[index]?.(header);
      if (index in valueIn && value === undefined) return [];
      const { pk, sk } = indexAttributes(index);
      return [
        [pk, listPartition(header.accountId, 'I', value, header.shard)],
        [sk, placeIn[index](header)],
      ];
    }),
  );

/** Payments stand in the same indexes, in partitions of their own, each by creation. */
const paymentValues: Partial<Record<IndexName, (payment: Payment) => string | undefined>> = {
  byTotal: ({ amount }) => orderedAmount(amount),
  byContact: ({ contactId }) => contactId,
  byStatus: ({ unapplied }) => (isZero(unapplied) ? undefined : 'unapplied'),
};
const paymentLists = ['byCreation', 'byTotal', 'byContact', 'byStatus'] as const;

/** The index attributes of a payment: all of them, those of an amount, of a contact, and with an unapplied rest. */
export const paymentIndexKeys = (payment: Payment): Record<string, string> =>
  Object.fromEntries(
    paymentLists.flatMap((index) => {
      const value = paymentValues[index]?.(payment);
      if (index in paymentValues && value === undefined) return [];
      const { pk, sk } = indexAttributes(index);
      return [
        [pk, listPartition(payment.accountId, 'P', value, payment.shard)],
        [sk, ordered('', payment.id)],
      ];
    }),
  );
