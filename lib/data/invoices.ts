import { setTimeout as sleep } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { DeleteCommand } from '@aws-sdk/lib-dynamodb';
import type { Change } from '#lib/domain/change.ts';
import { parseDecimal, sum } from '#lib/domain/decimal.ts';
import { changesBetween } from '#lib/domain/history/changes.ts';
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
import { following, historyItem } from './history.ts';
import { invoiceIndexKeys } from './indexes.ts';
import { chunksOf, detailsParts, joinedDetails } from './invoice-parts.ts';
import {
  accountOfKey,
  appliedPaymentKey,
  chunkSuffix,
  detailsKey,
  headerKey,
  invoicePrefix,
  type Key,
  linesKey,
  partSuffix,
  snapshotKey,
} from './keys.ts';
import { getItem, getItems, type Item, queryAll, type Table } from './table.ts';
import { absent, atRevision, Stale, type Transaction } from './transaction.ts';

/** The store of invoices: header, details, lines in chunks, and what of payments is applied to them. */

/** Only what the schema names, without what is undefined. */
const pick = <T extends object>(schema: { shape: Record<string, unknown> }, source: object): T =>
  withoutNulls(
    Object.fromEntries(Object.keys(schema.shape).map((key) => [key, source[key as keyof typeof source]])),
  ) as T;

/** The nulls of an actor say something: the system has neither id nor name. */
const headerOf = (invoice: InvoiceHeader): InvoiceHeader => ({
  ...pick<InvoiceHeader>(storedHeader, invoice),
  createdBy: invoice.createdBy,
  updatedBy: invoice.updatedBy,
});
const detailsOf = (invoice: Invoice): InvoiceDetails => pick(storedDetails, invoice);

/** A part of an invoice: an item's data under the end of its sort key. */
type Part = { name: string; revision: unknown; parts: unknown; data: unknown };

/** All that is paid is what the payments say: else they were read at another time than the header. */
const isPaidBy = (header: InvoiceHeader, payments: readonly { amount: string }[]): boolean =>
  payments.length === header.paymentCount &&
  sum(payments.map(({ amount }) => parseDecimal(amount))).eq(parseDecimal(header.amountPaid));

const assembled = (parts: readonly Part[]): Invoice | 'torn' | undefined => {
  const named = (prefix: string) => parts.filter(({ name }) => name.startsWith(prefix));
  const [headerPart] = named('HEADER');
  if (headerPart === undefined) return undefined;
  const header = storedHeader.parse(headerPart.data);
  const details = named('DETAILS');
  const chunks = named('LINES');
  const isWhole =
    details.length === (details[0]?.parts ?? 1) &&
    details.every(({ revision }) => revision === header.detailsRevision) &&
    chunks.every(({ revision }) => revision === header.linesRevision);
  const lineItems = chunks.flatMap(({ data }) =>
    storedLineItem.array().parse((data as { lineItems: unknown }).lineItems),
  );
  const payments = named('PAYMENT').map(({ data }) => appliedPayment.parse(data));
  if (!isWhole || lineItems.length !== header.lineCount || !isPaidBy(header, payments)) return 'torn';
  payments.sort((left, right) => (left.appliedAt + left.id < right.appliedAt + right.id ? -1 : 1));
  const whole = storedDetails.parse(joinedDetails(details.map(({ data }) => data)));
  return { ...header, ...whole, lineItems, payments };
};

const partOf =
  (prefix: string) =>
  ({ sk, revision, parts, data }: Item): Part => ({ name: sk.slice(prefix.length), revision, parts, data });

/** The invoice as it is now, with one query; undefined if there is none of that id in the account. */
export const readInvoice = async (
  table: Table,
  accountId: string,
  invoiceId: string,
): Promise<Invoice | undefined> => {
  for (let tries = 0; tries < 5; tries++) {
    const { pk } = headerKey(accountId, invoiceId);
    const invoice = assembled(
      (await queryAll(table, { pk, prefix: invoicePrefix })).map(partOf(invoicePrefix)),
    );
    if (invoice !== 'torn') return invoice;
    await sleep(Math.random() * 20 * 2 ** tries);
  }
  throw new Stale(`invoice ${invoiceId} is torn: its parts are of different writes`);
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

/** Several headers as they are now, in no order; those that don't exist are left out. */
export const readHeaders = async (
  table: Table,
  accountId: string,
  invoiceIds: readonly string[],
): Promise<InvoiceHeader[]> => {
  const items = await getItems(
    table,
    invoiceIds.map((id) => headerKey(accountId, id)),
  );
  return items.map(({ data }) => storedHeader.parse(data));
};

/** Several invoices with their details and without their lines and payments: enough for what changes neither. */
export const readWithoutLines = async (
  table: Table,
  accountId: string,
  invoiceIds: readonly string[],
): Promise<Invoice[]> => {
  const keys = invoiceIds.flatMap((id) => [headerKey(accountId, id), detailsKey(accountId, id)]);
  const items = await getItems(table, keys);
  const detailsOf = new Map(items.filter(({ sk }) => !sk.endsWith('HEADER')).map((item) => [item.pk, item]));
  const headers = items.filter(({ sk }) => sk.endsWith('HEADER'));
  const invoices = await Promise.all(
    headers.map(async ({ pk, data }) => {
      const header = storedHeader.parse(data);
      const details = detailsOf.get(pk);
      // Details of another write, or in several items: read again, whole.
      if (details?.revision !== header.detailsRevision || (details.parts ?? 1) !== 1) {
        const whole = await readInvoice(table, accountId, header.id);
        return whole === undefined ? [] : [{ ...whole, lineItems: [], payments: [] }];
      }
      return [{ ...header, ...storedDetails.parse(details.data), lineItems: [], payments: [] }];
    }),
  );
  return invoices.flat();
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
  const stamp = change && following(previous, change);
  transaction.put(headerItem(header, stamp), atRevision(previous.revision));
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
  const stamp = following(previous, change);
  transaction.put(headerItem(written, stamp), previous ? atRevision(previous.revision) : absent);
  const shared = { revision, subject: next.id, change: stamp };
  if (!sameDetails) putDetails(transaction, previous, next, shared);
  if (!sameLines) putLines(transaction, previous, written, shared);
  return written;
};

type Shared = { revision: number; subject: string; change: Change };

/**
 * Adds the writes of what lies in several items; those that are left over go, and leave their history here, since the
 * stream's record of a removal knows no actor.
 */
const putParts = (
  transaction: Transaction,
  keyOf: (index: number) => Key,
  parts: { before: readonly object[]; after: readonly object[] },
  { revision, subject, change }: Shared,
): void => {
  const { before, after } = parts;
  after.forEach((data, index) => {
    transaction.put({ ...keyOf(index), revision, subject, change, parts: after.length, data });
  });
  before.slice(after.length).forEach((data, index) => {
    const key = keyOf(after.length + index);
    transaction.delete(key);
    const changes = changesBetween({ ...data }, {});
    transaction.put(historyItem(accountOfKey(key.pk), subject, change, key.sk, changes));
  });
};

const putDetails = (
  transaction: Transaction,
  previous: Invoice | undefined,
  next: Invoice,
  shared: Shared,
): void => {
  const before = previous === undefined ? [] : detailsParts(detailsOf(previous));
  const after = detailsParts(detailsOf(next));
  putParts(transaction, (part) => detailsKey(next.accountId, next.id, part), { before, after }, shared);
};

const linesParts = (invoice: Pick<Invoice, 'lineItems'>): { lineItems: LineItem[] }[] =>
  chunksOf(withoutNulls(invoice.lineItems) as LineItem[]).map((lineItems) => ({ lineItems }));

const putLines = (
  transaction: Transaction,
  previous: Invoice | undefined,
  next: Invoice,
  shared: Shared,
): void => {
  const before = previous === undefined ? [] : linesParts(previous);
  const keyOf = (chunk: number) => linesKey(next.accountId, next.id, chunk);
  putParts(transaction, keyOf, { before, after: linesParts(next) }, shared);
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
  detailsParts(detailsOf(invoice)).forEach((_, part) => {
    transaction.delete(detailsKey(invoice.accountId, invoice.id, part));
  });
  linesParts(invoice).forEach((_, chunk) => {
    transaction.delete(linesKey(invoice.accountId, invoice.id, chunk));
  });
};

/**
 * Adds a copy of the invoice as its present document version shows it, for a PDF that is not made yet when the invoice
 * goes on to the next version (EDIT-8).
 */
export const putSnapshot = (transaction: Transaction, invoice: Invoice): void => {
  const { accountId, id, documentVersion } = invoice;
  const put = (part: string, revision: number, data: object, parts?: number) =>
    transaction.put({ ...snapshotKey(accountId, id, documentVersion, part), revision, parts, data });
  put('HEADER', invoice.revision, headerOf(invoice));
  detailsParts(detailsOf(invoice)).forEach((data, index, { length }) => {
    put(`DETAILS${partSuffix(index)}`, invoice.detailsRevision, data, length);
  });
  linesParts(invoice).forEach((data, index) => {
    put(`LINES${chunkSuffix(index)}`, invoice.linesRevision, data);
  });
};

/** The copy of an earlier document version; undefined where none was needed. */
export const readSnapshot = async (
  table: Table,
  accountId: string,
  invoiceId: string,
  documentVersion: number,
): Promise<Invoice | undefined> => {
  const { pk, sk: prefix } = snapshotKey(accountId, invoiceId, documentVersion, '');
  const invoice = assembled((await queryAll(table, { pk, prefix })).map(partOf(prefix)));
  if (invoice === 'torn') throw new Error(`snapshot ${documentVersion} of ${invoiceId} is torn`);
  return invoice;
};

/**
 * Removes what lies beside a deleted invoice: e-mails, PDFs, copies. Its links stay.
 * @throws Error if the invoice is there
 */
export const deleteBeside = async (table: Table, accountId: string, invoiceId: string): Promise<void> => {
  if ((await readHeader(table, accountId, invoiceId)) !== undefined)
    throw new Error(`${invoiceId} is not deleted`);
  const { pk } = headerKey(accountId, invoiceId);
  for (const prefix of ['EMAIL#', 'PDF#', 'SNAPSHOT#']) {
    for (const { sk } of await queryAll(table, { pk, prefix })) {
      await table.client.send(new DeleteCommand({ TableName: table.name, Key: { pk, sk } }));
    }
  }
};
