import { table } from '#functions/wiring/table.ts';
import { readRecord } from '#lib/data/collection.ts';
import { pdfs } from '#lib/data/collections.ts';
import { putSnapshot } from '#lib/data/snapshots.ts';
import type { Transaction } from '#lib/data/transaction.ts';
import type { Invoice } from '#lib/domain/invoice/invoice.ts';

/**
 * Before an invoice goes on to its next document version: where the PDF of the present one is not made yet, adds a copy
 * that it can still be made from (EDIT-8).
 */
export const keepDocument = async (writes: Transaction, invoice: Invoice): Promise<void> => {
  const { accountId, id, documentVersion } = invoice;
  if ((await readRecord(table(), pdfs, accountId, id, documentVersion)) === undefined)
    putSnapshot(writes, invoice);
};
