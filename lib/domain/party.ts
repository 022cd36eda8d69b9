import * as z from 'zod';
import { country, schemeCode } from './codes.ts';
import { email, formed, line, nullableShape, nullishShape, optionalShape, text } from './fields.ts';

/** Parties after EN 16931: the seller (BG-4) and the buyer (BG-7). */

export const addressShape = {
  line1: line(),
  line2: line(),
  line3: line(),
  city: line(),
  region: line(),
  postalCode: line(40),
  country: country(),
};

const identifierShape = { scheme: schemeCode(), value: line(100) };
const contactPointShape = { name: line(), email: email(), phone: line(50) };

/** VAT identifier with its country's prefix (BT-31, BT-48). The form alone: a buyer's may be an old one. */
const vatId = () =>
  formed(/^[A-Z]{2}[A-Z0-9+*.]{2,18}$/, 'invalid_vat_id', 'must be a VAT id with its country prefix');

const nested = {
  request: {
    identifier: z.strictObject(identifierShape),
    address: z.strictObject(nullishShape(addressShape)),
    contact: z.strictObject(nullishShape(contactPointShape)),
  },
  stored: {
    identifier: z.object(identifierShape),
    address: z.object(optionalShape(addressShape)),
    contact: z.object(optionalShape(contactPointShape)),
  },
  answer: {
    identifier: z.object(identifierShape),
    address: z.object(nullableShape(addressShape)),
    contact: z.object(nullableShape(contactPointShape)),
  },
};

type Form = keyof typeof nested;
const partyShape = <F extends Form>(form: F) => ({
  legalName: line(),
  tradingName: line(),
  legalForm: line(),
  legalId: nested[form].identifier as (typeof nested)[F]['identifier'],
  vatId: vatId(),
  taxNumber: line(50),
  accountingCode: line(50),
  electronicAddress: nested[form].identifier as (typeof nested)[F]['identifier'],
  address: nested[form].address as (typeof nested)[F]['address'],
  contact: nested[form].contact as (typeof nested)[F]['contact'],
});

const sellerOnlyShape = {
  iban: formed(/^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/, 'invalid_iban', 'must be an IBAN without spaces'),
  bic: formed(/^[A-Z]{6}[A-Z0-9]{2}([A-Z0-9]{3})?$/, 'invalid_bic', 'must be a BIC of 8 or 11 characters'),
  accountName: line(),
  legalMentions: text(),
};
const buyerOnlyShape = { kind: z.enum(['business', 'government', 'consumer']) };

export const sellerShape = <F extends Form>(form: F) => ({
  ...partyShape(form),
  ...sellerOnlyShape,
});
export const buyerShape = <F extends Form>(form: F) => ({
  ...partyShape(form),
  ...buyerOnlyShape,
});

/** The seller's own details, as they are kept in the settings. */
export const storedSeller = z.object(optionalShape(sellerShape('stored')));
export type Seller = z.infer<typeof storedSeller>;

/** The seller as frozen on an invoice: with the look and the bank details of that day. */
export const frozenSeller = storedSeller.extend({
  name: z.string(),
  brandColor: z.string().optional(),
  /** S3 key of the logo as it was; logos are kept under the hash of their content. */
  logoKey: z.string().optional(),
});
export type FrozenSeller = z.infer<typeof frozenSeller>;

/** What buyers know an invoice's seller by. */
export const sellerName = ({ seller }: { seller?: FrozenSeller | undefined }): string =>
  seller?.tradingName ?? seller?.name ?? '';

/** Details of a contact or company that invoices can be addressed to. */
export const storedBuyerDetails = z.object(optionalShape(buyerShape('stored')));
export type BuyerDetails = z.infer<typeof storedBuyerDetails>;

/** The buyer as frozen on an invoice: `name` and `email` are the contact's or company's. */
export const frozenBuyer = storedBuyerDetails.extend({
  name: z.string(),
  email: z.string().optional(),
  phone: z.string().optional(),
  contactId: z.string().optional(),
  companyId: z.string().optional(),
});
export type FrozenBuyer = z.infer<typeof frozenBuyer>;
