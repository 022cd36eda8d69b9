import { accountName, type Settings } from '#lib/domain/account/settings.ts';
import { isZero } from '#lib/domain/money.ts';
import { writeNumber } from '#lib/domain/numbering.ts';
import type { BuyerDetails, FrozenBuyer, FrozenSeller } from '#lib/domain/party.ts';
import { datesAtFinalizing } from './derive.ts';
import type { FinalizedHeader, Invoice, Stamp } from './invoice.ts';
import { nextWrite } from './write.ts';

/** A contact or company that invoices are addressed to. */
export type BuyerRecord = BuyerDetails & {
  id: string;
  name: string;
  email?: string | undefined;
  phone?: string | undefined;
  language?: string | undefined;
};

/** The buyer's details to freeze: the company's if one is named, else the contact's (LIFE-4). */
export const frozenBuyerOf = (contact: BuyerRecord, company: BuyerRecord | undefined): FrozenBuyer => {
  const { id: _id, language: _language, ...details } = company ?? contact;
  return {
    ...buyerDetails(details),
    name: (company ?? contact).name,
    email: contact.email,
    phone: (company ?? contact).phone,
    contactId: contact.id,
    companyId: company?.id,
  };
};

const buyerDetails = ({
  legalName,
  tradingName,
  legalForm,
  legalId,
  vatId,
  taxNumber,
  accountingCode,
  electronicAddress,
  address,
  contact,
  kind,
}: BuyerDetails): BuyerDetails => ({
  legalName,
  tradingName,
  legalForm,
  legalId,
  vatId,
  taxNumber,
  accountingCode,
  electronicAddress,
  address,
  contact,
  kind,
});

/** The seller's details to freeze (LIFE-4). */
export const frozenSellerOf = (account: Settings): FrozenSeller => ({
  ...account.seller,
  name: accountName(account),
  brandColor: account.brandColor,
  logoKey: account.logoKey,
});

/**
 * The draft as finalized with that counter (LIFE-4, LIFE-8): numbered, dated, with frozen parties; `paid` at once
 * when there is nothing to pay. `missingToFinalize` has been asked before.
 */
export const finalized = (
  draft: Invoice,
  given: {
    account: Settings;
    contact: BuyerRecord;
    company: BuyerRecord | undefined;
    counter: number;
    run: number;
    linkId: string;
    stamp: Stamp;
  },
): Invoice & FinalizedHeader => {
  const { account, contact, company, stamp } = given;
  const write = nextWrite(draft, stamp);
  const buyer = frozenBuyerOf(contact, company);
  const language = draft.language ?? contact.language ?? account.language;
  return {
    ...draft,
    ...write,
    ...datesAtFinalizing(draft, account, stamp.at),
    ...(isZero(draft.total) ? { status: 'paid', paidAt: write.updatedAt } : { status: 'open' }),
    documentVersion: 1,
    number: writeNumber(account.numbering, given.counter),
    counter: given.counter,
    run: given.run,
    linkId: given.linkId,
    language,
    locale: draft.locale ?? (language === account.language ? account.locale : language),
    finalizedAt: write.updatedAt,
    seller: frozenSellerOf(account),
    buyer,
    buyerName: buyer.name,
    buyerEmail: buyer.email,
  };
};
