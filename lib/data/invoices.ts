import { isDeepStrictEqual } from 'node:util';
import type { Change } from '#lib/domain/change.ts';
import {
  appliedPayment,
  type Invoice,
  type InvoiceDetails,
  type InvoiceHeader,
  storedDetails,
  storedHeader,
} from '#lib/domain/invoice/invoice.ts';
import { type LineItem, storedLineItem } from '#lib/domain/invoice/line-item.ts';
import { withoutNulls } from '#lib/domain/patch.ts';
import { invoiceIndexKeys } from './indexes.ts';
import { appliedPaymentKey, detailsKey, headerKey, invoicePrefix, linesKey } from './keys.ts';
import { getItem, type Item, queryAll, type Table } from './table.ts';
import { absent, atRevision, type Transaction } from './transaction.ts';

/** The store of invoices: header, details, lines in chunks, and what of payments is applied to them. */

const linesInChunk = 100;
const bytesInChunk = 150_000;

/** Lines in chunks of at most 100 and about 150 KB, so that a chunk and its history fit an item. */
const chunksOf = (lines: readonly LineItem[]): LineItem[][] => {
  const chunks: LineItem[][] = [];
  let bytes = 0;
  for (const line of lines) {
    const size = Buffer.byteLength(JSON.stringify(line));
    const last = chunks.at(-1);
    if (last === undefined || last.length === linesInChunk || bytes + size > bytesInChunk) {
      chunks.push([line]);
      bytes = size;
    } else {
      last.push(line);
      bytes += size;
    }
  }
  return chunks;
};

/** Only what the schema names, without what is undefined. */
const pick = <T extends object>(schema: { shape: Record<string, unknown> }, source: object): T =>
  withoutNulls(
    Object.fromEntries(Object.keys(schema.shape).map((key) => [key, source[key as keyof typeof source]])),
  ) as T;

const headerOf = (invoice: InvoiceHeader): InvoiceHeader => pick(storedHeader, invoice);
const detailsOf = (invoice: Invoice): InvoiceDetails => pick(storedDetails, invoice);

const assembled = (items: readonly Item[]): Invoice | 'torn' | undefined => {
  const bySk = (prefix: string) => items.filter(({ sk }) => sk.startsWith(`${invoicePrefix}${prefix}`));
  const [headerItem] = bySk('HEADER');
  if (headerItem === undefined) return undefined;
  const header = storedHeader.parse(headerItem.data);
  const [detailsItem] = bySk('DETAILS');
  const chunks = bySk('LINES');
  const whole =
    detailsItem?.revision === header.detailsRevision &&
    chunks.every(({ revision }) => revision === header.linesRevision);
  const lineItems = chunks.flatMap(({ data }) =>
    storedLineItem.array().parse((data as { lineItems: unknown }).lineItems),
  );
  if (!whole || lineItems.length !== header.lineCount) return 'torn';
  const payments = bySk('PAYMENT').map(({ data }) => appliedPayment.parse(data));
  payments.sort((left, right) => (left.appliedAt + left.id < right.appliedAt + right.id ? -1 : 1));
  return { ...header, ...storedDetails.parse(detailsItem?.data), lineItems, payments };
};

/** The invoice as it is now, with one query; undefined if there is none of that id in the account. */
export const readInvoice = async (
  table: Table,
  accountId: string,
  invoiceId: string,
): Promise<Invoice | undefined> => {
  for (let tries = 0; tries < 5; tries++) {
    const { pk } = headerKey(accountId, invoiceId);
    const invoice = assembled(await queryAll(table, { pk, prefix: invoicePrefix }));
    if (invoice !== 'torn') return invoice;
  }
  throw new Error(`invoice ${invoiceId} is torn: its parts are of different writes`);
};

/** The header alone, as it is now: a quarter of the cost where lines don't matter. */
export const readHeader = async (
  table: Table,
  accountId: string,
  invoiceId: string,
): Promise<InvoiceHeader | undefined> => {
  const item = await getItem(table, headerKey(accountId, invoiceId));
  return item && storedHeader.parse(item.data);
};

/** A header with the next revision, for the same invoice as `previous`. */
const headerItem = (header: InvoiceHeader, change: Change | undefined): Item => ({
  ...headerKey(header.accountId, header.id),
  ...invoiceIndexKeys(header),
  revision: header.revision,
  subject: header.id,
  change,
  data: headerOf(header),
});

/** Adds the write of a header whose details, lines and payments stay what they are. */
export const putHeader = (
  transaction: Transaction,
  previous: InvoiceHeader,
  next: InvoiceHeader,
  change: Change | undefined,
): InvoiceHeader => {
  const header = headerOf({ ...next, revision: previous.revision + 1 });
  transaction.put(headerItem(header, change), atRevision(previous.revision));
  return header;
};

/**
 * Adds the writes that make an invoice of `previous` (none for a new one) the `next`: the header always, details and
 * lines where they differ. The transaction is refused as stale if the header is not `previous` any more.
 */
export const putInvoice = (
  transaction: Transaction,
  previous: Invoice | undefined,
  next: Invoice,
  change: Change,
): Invoice => {
  const revision = (previous?.revision ?? 0) + 1;
  const details = detailsOf(next);
  const sameDetails = previous !== undefined && isDeepStrictEqual(detailsOf(previous), details);
  const sameLines =
    previous !== undefined &&
    isDeepStrictEqual(withoutNulls(previous.lineItems), withoutNulls(next.lineItems));
  const written = {
    ...next,
    revision,
    detailsRevision: sameDetails ? next.detailsRevision : revision,
    linesRevision: sameLines ? next.linesRevision : revision,
  };
  transaction.put(headerItem(written, change), previous ? atRevision(previous.revision) : absent);
  const shared = { revision, subject: next.id, change };
  if (!sameDetails) transaction.put({ ...detailsKey(next.accountId, next.id), ...shared, data: details });
  if (!sameLines) putLines(transaction, previous, written, shared);
  return written;
};

const putLines = (
  transaction: Transaction,
  previous: Invoice | undefined,
  next: Invoice,
  shared: { revision: number; subject: string; change: Change },
): void => {
  const chunks = chunksOf(withoutNulls(next.lineItems) as LineItem[]);
  chunks.forEach((lineItems, index) => {
    transaction.put({ ...linesKey(next.accountId, next.id, index), ...shared, data: { lineItems } });
  });
  const before = previous === undefined ? 0 : chunksOf(previous.lineItems).length;
  for (let index = chunks.length; index < before; index++)
    transaction.delete(linesKey(next.accountId, next.id, index));
};

/** Adds the write of a payment's part on an invoice. */
export const putAppliedPayment = (
  transaction: Transaction,
  invoice: InvoiceHeader,
  payment: Invoice['payments'][number],
): void => {
  transaction.put({
    ...appliedPaymentKey(invoice.accountId, invoice.id, payment.id),
    revision: 1,
    data: appliedPayment.parse(payment),
  });
};

/** Adds the removal of a payment's part from an invoice. */
export const deleteAppliedPayment = (
  transaction: Transaction,
  invoice: InvoiceHeader,
  paymentId: string,
): void => {
  transaction.delete(appliedPaymentKey(invoice.accountId, invoice.id, paymentId));
};

/** Adds the removal of an invoice's own items (its history stays). Refused as stale if it is not this one any more. */
export const deleteInvoice = (transaction: Transaction, invoice: Invoice): void => {
  transaction.delete(headerKey(invoice.accountId, invoice.id), atRevision(invoice.revision));
  transaction.delete(detailsKey(invoice.accountId, invoice.id));
  chunksOf(invoice.lineItems).forEach((_, index) => {
    transaction.delete(linesKey(invoice.accountId, invoice.id, index));
  });
};
