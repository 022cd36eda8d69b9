import type { Invoice } from '#lib/domain/invoice/invoice.ts';
import { assembled, detailsOf, headerOf, linesParts, partOf } from './invoice-items.ts';
import { detailsParts } from './invoice-parts.ts';
import { chunkSuffix, partSuffix, snapshotKey } from './keys.ts';
import { queryAll, type Table } from './table.ts';
import type { Transaction } from './transaction.ts';

/** Copies of invoices as earlier document versions showed them (EDIT-8). */

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
