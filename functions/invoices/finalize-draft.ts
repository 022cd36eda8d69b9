import { putRecord } from '#lib/data/collection.ts';
import { links } from '#lib/data/collections.ts';
import { putInvoice } from '#lib/data/invoices.ts';
import { settingsKey } from '#lib/data/keys.ts';
import { putCounter, putNumber } from '#lib/data/numbering.ts';
import { atRevision, type Transaction } from '#lib/data/transaction.ts';
import type { Settings } from '#lib/domain/account/settings.ts';
import type { Change } from '#lib/domain/change.ts';
import type { Company, Contact } from '#lib/domain/directory.ts';
import { finalized } from '#lib/domain/invoice/finalize.ts';
import { type FinalizedHeader, type Invoice, isFinalized, type Stamp } from '#lib/domain/invoice/invoice.ts';
import { missingToFinalize } from '#lib/domain/invoice/refusals.ts';
import { type Link, newLink } from '#lib/domain/link.ts';
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

/** Writes that finalizing one invoice adds to a transaction: header, details, number, link. */
export const writesForEach = 4;
/** Writes of the transaction as a whole: the counter, and the settings where they choose the first number. */
export const writesForAll = 2;

/** A draft with the number that it is to get, the link that is made of it, and the counter after it. */
export type Numbered = {
  draft: Invoice;
  invoice: Invoice & FinalizedHeader;
  link: Link;
  counter: Counter;
};

/** @throws Refusal invoice_date_out_of_order (NUM-8) */
export const numbered = (
  { draft, account, contact, company }: Ready,
  counter: Counter,
  { stamp, linkId }: { stamp: Stamp; linkId: string },
): Numbered => {
  const value = nextValue(counter, account.numbering);
  const given = { account, contact, company, counter: value, run: counter.run, linkId, stamp };
  const invoice = finalized(draft, given);
  const { number, invoiceDate, finalizedAt } = invoice;
  refuseOutOfOrder(account, counter, invoiceDate, stamp.at);
  return {
    draft,
    invoice,
    link: newLink(linkId, invoice, finalizedAt),
    counter: afterGiving(counter, {
      ...{ counter: value, number, invoiceDate },
      settingsRevision: account.revision,
    }),
  };
};

/**
 * Adds the invoices, their numbers and links, and the counter: one transaction, or none (NUM-2). The counter stands
 * before them all, so that where it moved the refusal tells that, and not that its next number is taken too.
 */
export const putFinalized = (
  writes: Transaction,
  account: Settings,
  before: Counter,
  all: readonly Numbered[],
  change: (version: number) => Change,
): Invoice[] => {
  putCounter(writes, account.id, before, all.at(-1)?.counter ?? before);
  // The first number of a run is the settings' to choose: they must be the ones that were read (NUM-4).
  if (before.last === undefined) writes.check(settingsKey(account.id), atRevision(account.revision));
  return all.map(({ draft, invoice, link }) => {
    const { run, counter, number, id: invoiceId, finalizedAt: issuedAt } = invoice;
    const written = putInvoice(writes, draft, invoice, change(invoice.version));
    putNumber(writes, account.id, { run, counter, number, invoiceId, issuedAt });
    putRecord(writes, links, undefined, link);
    return written;
  });
};
