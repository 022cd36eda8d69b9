import { setTimeout as sleep } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { DeleteCommand } from '@aws-sdk/lib-dynamodb';
import type { Change } from '#lib/domain/change.ts';
import { changesBetween } from '#lib/domain/history/changes.ts';
import {
  appliedPayment,
  type Invoice,
  type InvoiceHeader,
  storedDetails,
  storedHeader,
} from '#lib/domain/invoice/invoice.ts';
import { withoutNulls } from '#lib/domain/patch.ts';
import { following, historyItem } from './history.ts';
import { invoiceIndexKeys } from './indexes.ts';
import { assembled, detailsOf, headerOf, linesParts, partOf } from './invoice-items.ts';
import { detailsParts } from './invoice-parts.ts';
import {
  accountOfKey,
  appliedPaymentKey,
  detailsKey,
  headerKey,
  invoicePrefix,
  type Key,
  linesKey,
} from './keys.ts';
import { getItem, getItems, type Item, queryAll, type Table } from './table.ts';
import { absent, atRevision, Stale, type Transaction } from './transaction.ts';

/** The store of invoices: header, details, lines in chunks, and what of payments is applied to them. */

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
