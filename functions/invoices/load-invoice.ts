import { accountSettings, found, idOf } from '#functions/http/existing.ts';
import { table } from '#functions/wiring/table.ts';
import { readHeader, readInvoice } from '#lib/data/invoices.ts';
import { Stale } from '#lib/data/transaction.ts';
import type { Settings } from '#lib/domain/account/settings.ts';
import type { Invoice, InvoiceHeader } from '#lib/domain/invoice/invoice.ts';

/** The invoice that a path names, with its account's settings. @throws Refusal not_found */
export const loadInvoice = async (
  accountId: string,
  id: string,
): Promise<{ invoice: Invoice; account: Settings }> => {
  const [invoice, account] = await Promise.all([
    readInvoice(table(), accountId, idOf('inv', id)),
    accountSettings(accountId),
  ]);
  return { invoice: found(invoice), account };
};

/** Its header alone. @throws Refusal not_found */
export const loadHeader = async (accountId: string, id: string): Promise<InvoiceHeader> =>
  found(await readHeader(table(), accountId, idOf('inv', id)));

/**
 * What a pure decision gives on an invoice and what was read after it. A refusal counts only if the invoice is still the
 * one that was read: otherwise the two were never there together.
 * @throws Stale if it is not
 */
export const decidedOn = async <T>(invoice: InvoiceHeader, decide: () => T): Promise<T> => {
  try {
    return decide();
  } catch (refusal) {
    const present = await readHeader(table(), invoice.accountId, invoice.id);
    if (present?.revision !== invoice.revision) throw new Stale('read in two moments', { cause: refusal });
    throw refusal;
  }
};
