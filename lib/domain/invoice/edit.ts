import { isZero } from '#lib/domain/money.ts';
import type { FrozenBuyer } from '#lib/domain/party.ts';
import { type Fault, Refusal } from '#lib/domain/refusal.ts';
import { datesAtFinalizing } from './derive.ts';
import { type InvoicePatch, type WrittenInvoice, writtenSource } from './draft.ts';
import { type BuyerRecord, frozenBuyerOf, frozenSellerOf } from './finalize.ts';
import type { FinalizedHeader, Invoice, Stamp } from './invoice.ts';
import type { CustomProperties } from './properties.ts';
import { missingToFinalize } from './refusals.ts';
import { nextWrite, rewritten, type Writing } from './write.ts';

/** Changing a finalized invoice (EDIT). `whyNotEdited` has been asked before. */

/** Properties that can be changed in every status without counting as an edit (LIFE-9). */
const associations = ['ownerId', 'contactIds', 'companyIds', 'internalNote', 'customProperties'];

/** Whether a patch names nothing but associations, notes for staff and custom properties (LIFE-9). */
export const isAssociating = (patch: object): boolean =>
  Object.keys(patch).every((name) => associations.includes(name));

/**
 * What of a patch a finalized invoice can't take: another currency or source (EDIT-8).
 * @throws Refusal invalid_request with its pointers
 */
export const refuseUnchangeable = (invoice: Invoice, patch: InvoicePatch): void => {
  const written = { currency: invoice.currency, source: writtenSource(invoice) };
  const errors = (['currency', 'source'] as const)
    .filter((name) => patch[name] !== undefined && patch[name] !== written[name])
    .map(
      (name): Fault => ({
        pointer: `/${name}`,
        code: 'unchangeable',
        detail: 'never changes once finalized',
      }),
    );
  if (errors.length > 0) throw new Refusal('invalid_request', { errors });
};

/** The invoice with what a patch of associations alone made of them; it is no edit (LIFE-9). */
export const associated = (invoice: Invoice, written: WrittenInvoice, stamp: Stamp): Invoice => ({
  ...invoice,
  ...nextWrite(invoice, stamp),
  ownerId: written.ownerId,
  contactIds: written.contactIds,
  companyIds: written.companyIds,
  internalNote: written.internalNote,
  customProperties: written.customProperties as CustomProperties | undefined,
});

/** What an edit names anew, to be frozen anew: the parties (LIFE-4), and the term of the account (LIFE-8). */
export type NamedAnew = {
  /** The company that the invoice names after the edit, whether or not it exists. */
  companyId: string | undefined;
  contact: BuyerRecord | undefined;
  company: BuyerRecord | undefined;
  /** Whether the patch names a contact or company, the same one again included. */
  buyer: boolean;
  seller: boolean;
  /** Whether the patch names the due date or the term, if only to take them away. */
  term: boolean;
};

/**
 * The buyer's details after an edit (LIFE-4). A party that was deleted meanwhile and is not named stays as it was frozen.
 * @throws Refusal invoice_incomplete where it is the contact that would be the buyer from now on
 */
const buyerAfter = (invoice: Invoice, named: NamedAnew): FrozenBuyer | undefined => {
  const { buyer: frozen } = invoice;
  const { contact, company } = named;
  if (!named.buyer || frozen === undefined) return frozen;
  if (company !== undefined)
    return contact === undefined
      ? { ...frozenBuyerOf(company, company), email: frozen.email, contactId: frozen.contactId }
      : frozenBuyerOf(contact, company);
  if (contact === undefined) {
    const errors = [{ pointer: '/contactId', code: 'not_found', detail: 'was deleted meanwhile' }];
    throw new Refusal('invoice_incomplete', { errors });
  }
  if (named.companyId === undefined) return frozenBuyerOf(contact, undefined);
  return { ...frozen, email: contact.email, contactId: contact.id };
};

/**
 * The finalized invoice as written anew: its number, currency, type and source stay; the frozen copies too, unless
 * they are named. It has a new document version (EDIT-8), and is paid when nothing is left to pay.
 * @throws Refusal invalid_request for faulty amounts; invoice_incomplete for what every invoice needs (LIFE-3)
 */
export const edited = (
  invoice: Invoice & FinalizedHeader,
  written: WrittenInvoice,
  named: NamedAnew,
  given: Writing,
): Invoice => {
  const next = rewritten(invoice, written, given);
  const { account, stamp } = given;
  const whole = {
    ...next,
    invoiceDate: written.invoiceDate ?? invoice.invoiceDate,
    followedTermDays: named.term ? undefined : invoice.followedTermDays,
  };
  const errors = missingToFinalize(whole, account, stamp.at);
  if (errors.length > 0) throw new Refusal('invoice_incomplete', { errors });
  const buyer = buyerAfter(invoice, named);
  return {
    ...whole,
    ...datesAtFinalizing(whole, account, stamp.at),
    language: written.language ?? invoice.language,
    locale: written.locale ?? invoice.locale,
    buyer,
    buyerName: buyer?.name,
    buyerEmail: buyer?.email,
    seller: named.seller ? frozenSellerOf(account) : invoice.seller,
    documentVersion: invoice.documentVersion + 1,
    ...(isZero(next.total) && { status: 'paid' as const, paidAt: next.updatedAt }),
  };
};
