import type { Settings } from '#lib/domain/account/settings.ts';
import { laterOf } from '#lib/domain/change.ts';
import { zeroOf } from '#lib/domain/money.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { shardOf } from '#lib/domain/shard.ts';
import { contentOf, type WrittenInvoice, writtenOf, writtenSource } from './draft.ts';
import type { Invoice, InvoiceHeader, Stamp } from './invoice.ts';
import { outOfScope } from './line-item.ts';
import { type CustomProperties, writtenShape } from './properties.ts';

/** The invoice that comes of what a client writes. */

/** What stored data says of the buyer that is named, for the invoice's entry in lists. */
export type BuyerHint = { buyerName?: string | undefined; buyerEmail?: string | undefined };

export type Writing = {
  account: Settings;
  buyer: BuyerHint;
  stamp: Stamp;
  newLineId: () => string;
};

const mostBytes = 1_048_576;

const bytesOf = (written: WrittenInvoice): number => new TextEncoder().encode(JSON.stringify(written)).length;

/**
 * What was accepted once can be cloned, and changed where it does not grow: defaults that were filled in weigh too.
 * @throws Refusal (invalid_request) for an invoice of more than 1 MB as JSON (TOT-6)
 */
const refuseOversize = (written: WrittenInvoice, accepted?: WrittenInvoice): void => {
  const bytes = bytesOf(written);
  if (bytes <= mostBytes || (accepted !== undefined && bytes <= bytesOf(accepted))) return;
  const errors = [{ pointer: '', code: 'too_large', detail: 'has more than 1 MB in all' }];
  throw new Refusal('invalid_request', { errors });
};

/** A rate goes with the currency that it was given for, whatever the account's is by now. */
const accountingCurrencyOf = (written: WrittenInvoice, { account }: Writing, previous?: Invoice): string =>
  previous?.accountingCurrency !== undefined && previous.exchangeRate === written.exchangeRate
    ? previous.accountingCurrency
    : account.currency;

/** The parts of an invoice that follow from what was written: properties, lines and amounts. */
const writtenParts = (written: WrittenInvoice, given: Writing, previous?: Invoice) => {
  const { source: _source, lineItems: _lines, discounts: _discounts, fees: _fees, ...properties } = written;
  return {
    ...properties,
    customProperties: properties.customProperties as CustomProperties | undefined,
    ...contentOf(written, {
      defaultTax: given.account.defaultTax ?? outOfScope,
      accountingCurrency: accountingCurrencyOf(written, given, previous),
      newLineId: given.newLineId,
      previousLineIds: previous?.lineItems.map((line) => line.id) ?? [],
    }),
    ...given.buyer,
  };
};

/** The versions and the stamp of the next write; time never runs backwards on one invoice. */
export const nextWrite = (invoice: InvoiceHeader, stamp: Stamp) => ({
  version: invoice.version + 1,
  updatedAt: laterOf(invoice.updatedAt, stamp.at),
  updatedBy: stamp.by,
});

type Birth = {
  id: string;
  source: Invoice['source'];
  clonedFrom?: string | undefined;
};

/**
 * A new draft (LIFE-1). The account's terms and notes are its own unless it brings some.
 * @throws Refusal (invalid_request) for faulty amounts (TOT-6)
 */
export const newDraft = (written: WrittenInvoice, birth: Birth, given: Writing): Invoice => {
  if (birth.source !== 'clone') refuseOversize(written);
  const parts = writtenParts(written, given);
  return {
    ...parts,
    terms: parts.terms ?? given.account.terms,
    notes: parts.notes ?? given.account.notes,
    ...birth,
    accountId: given.account.id,
    shard: shardOf(birth.id, given.account.shards),
    type: '380',
    status: 'draft',
    version: 1,
    revision: 0,
    detailsRevision: 0,
    linesRevision: 0,
    documentVersion: 0,
    amountPaid: zeroOf(written.currency),
    balanceDue: parts.total,
    paymentCount: 0,
    hadOnlinePayment: false,
    payments: [],
    createdAt: given.stamp.at,
    createdBy: given.stamp.by,
    updatedAt: given.stamp.at,
    updatedBy: given.stamp.by,
  };
};

/** A clone stays one unless a subscription takes it over. */
const sourceAfter = (invoice: Invoice, { source }: WrittenInvoice): Invoice['source'] =>
  source === undefined || source === writtenSource(invoice) ? invoice.source : source;

/**
 * The invoice as written anew, with nothing paid: a draft (LIFE-1), or a finalized one that is edited.
 * @throws Refusal (invalid_request) for faulty amounts (TOT-6)
 */
export const rewritten = (invoice: Invoice, written: WrittenInvoice, given: Writing): Invoice => {
  const kept = Object.fromEntries(Object.entries(invoice).filter(([key]) => !(key in writtenShape)));
  refuseOversize(written, writtenOf(invoice));
  const parts = writtenParts(written, given, invoice);
  return {
    ...(kept as Invoice),
    source: sourceAfter(invoice, written),
    taxTotalAccounting: undefined,
    accountingCurrency: undefined,
    buyerName: undefined,
    buyerEmail: undefined,
    ...parts,
    amountPaid: zeroOf(written.currency),
    balanceDue: parts.total,
    ...nextWrite(invoice, given.stamp),
  };
};
