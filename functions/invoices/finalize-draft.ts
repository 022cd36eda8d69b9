import { putRecord } from '#lib/data/collection.ts';
import { links } from '#lib/data/collections.ts';
import { putInvoice } from '#lib/data/invoices.ts';
import { putNumber } from '#lib/data/numbering.ts';
import type { Transaction } from '#lib/data/transaction.ts';
import type { Settings } from '#lib/domain/account/settings.ts';
import type { Change } from '#lib/domain/change.ts';
import type { Company, Contact } from '#lib/domain/directory.ts';
import { finalized } from '#lib/domain/invoice/finalize.ts';
import { type Invoice, isFinalized, type Stamp } from '#lib/domain/invoice/invoice.ts';
import { missingToFinalize } from '#lib/domain/invoice/refusals.ts';
import { slugOf } from '#lib/domain/link.ts';
import { afterGiving, type Counter, nextValue, refuseOutOfOrder } from '#lib/domain/numbering.ts';
import { type Fault, Refusal } from '#lib/domain/refusal.ts';

/** Finalizing one draft, alone or among many: what has to be there, and what is written. */

/** A draft that nothing is missing of, with its parties. */
export type Ready = { draft: Invoice; account: Settings; contact: Contact; company: Company | undefined };

const gone = (pointer: string): Fault => ({ pointer, code: 'not_found', detail: 'was deleted meanwhile' });

/** @throws Refusal invoice_not_draft, then invoice_incomplete with all that is missing (LIFE-3) */
export const readyOrRefuse = (
  draft: Invoice,
  parties: { account: Settings; contact: Contact | undefined; company: Company | undefined },
  now: string,
): Ready => {
  if (isFinalized(draft)) throw new Refusal('invoice_not_draft');
  const { account, contact, company } = parties;
  const errors = [
    ...missingToFinalize(draft, account, now),
    ...(draft.contactId !== undefined && contact === undefined ? [gone('/contactId')] : []),
    ...(draft.companyId !== undefined && company === undefined ? [gone('/companyId')] : []),
  ];
  if (errors.length > 0 || contact === undefined) throw new Refusal('invoice_incomplete', { errors });
  return { draft, account, contact, company };
};

/** Writes that finalizing one invoice adds to a transaction, the counter's aside: header, details, number, link. */
export const writesForEach = 4;

/**
 * Adds the invoice, its number and its link. The counter that comes of it is the caller's to write, in the same
 * transaction (NUM-2).
 * @throws Refusal invoice_date_out_of_order (NUM-8)
 */
export const putFinalized = (
  writes: Transaction,
  { draft, account, contact, company }: Ready,
  counter: Counter,
  given: { stamp: Stamp; linkId: string; change: (version: number) => Change },
): { invoice: Invoice; counter: Counter } => {
  const value = nextValue(counter, account.numbering);
  const { stamp, linkId } = given;
  const invoice = finalized(draft, {
    account,
    contact,
    company,
    counter: value,
    run: counter.run,
    linkId,
    stamp,
  });
  const { accountId, id: invoiceId, number, invoiceDate, finalizedAt } = invoice;
  refuseOutOfOrder(account, counter, invoiceDate, stamp.at);
  putNumber(writes, accountId, {
    run: counter.run,
    counter: value,
    number,
    invoiceId,
    issuedAt: finalizedAt,
  });
  const written = putInvoice(writes, draft, invoice, given.change(invoice.version));
  const link = {
    id: linkId,
    accountId,
    invoiceId,
    slug: slugOf(invoice),
    createdAt: finalizedAt,
    revision: 0,
  };
  putRecord(writes, links, undefined, link);
  return { invoice: written, counter: afterGiving(counter, value, number, invoiceDate) };
};
