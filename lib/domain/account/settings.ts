import * as z from 'zod';
import { country, currency, language, locale, noteSubjectCode } from '#lib/domain/codes.ts';
import { isTimeZone } from '#lib/domain/day.ts';
import { email, formed, nullableShape, optionalShape, refuse, text } from '#lib/domain/fields.ts';
import { taxAnswer, taxStored } from '#lib/domain/invoice/line-item.ts';
import { sellerShape } from '#lib/domain/party.ts';
import { accountingAnswer, storedAccounting } from './accounting.ts';

/** The account's settings (SET-1): how they are kept, how they are shown, and what a new account begins with. */

/** An IANA time zone that the platform knows. */
export const timeZone = () =>
  z
    .string()
    .superRefine((zone, ctx) => {
      if (!isTimeZone(zone)) refuse(ctx, 'unknown_time_zone', 'must be a time zone of the IANA database');
    })
    .meta({ maxLength: 64, examples: ['Europe/Paris'] });

/** NUM-1: letters, digits and `+ - _ /`; begins with a letter, does not end in a digit. */
const prefix = () =>
  formed(
    /^[A-Za-z]([A-Za-z0-9+\-_/]{0,18}[A-Za-z+\-_/])?$/,
    'invalid_prefix',
    'must have 1 to 20 letters, digits and + - _ /, begin with a letter and not end in a digit',
  );

/** With a prefix of at most 20 characters and 15 digits a number has at most 35 (NUM-1). */
export const maxCounter = 999_999_999_999_999;
export const numberingShape = {
  prefix: prefix(),
  width: z.int().min(1).max(15),
  start: z.int().min(1).max(1_000_000_000_000),
};

const switches = {
  chronologicalNumbers: z.boolean(),
  allowEditFinalized: z.boolean(),
  allowDeleteFinalized: z.boolean(),
  allowOtherFromAddresses: z.boolean(),
  sendOnlineReceipts: z.boolean(),
};

/** Settings that every account has: they can be changed, not removed. */
export const always = {
  country: country(),
  currency: currency(),
  timeZone: timeZone(),
  language: language(),
  locale: locale(),
  pageSize: z.enum(['A4', 'Letter']),
  ...switches,
};
/** Settings that an account may have, beside the seller, notes, tax and books. */
export const optional = {
  brandColor: formed(/^#[0-9a-fA-F]{6}$/, 'invalid_color', 'must be a colour as #rrggbb'),
  paymentTermDays: z.int().min(0).max(3_650),
  terms: text(),
  defaultFrom: email(),
};

/** Who takes buyers' payments, and the account there. */
export const paymentProvider = z.enum(['none', 'stripe']);
export const stripeAccountId = () =>
  formed(/^acct_[A-Za-z0-9]{1,64}$/, 'invalid_account', 'must be the id of a Stripe account');

const storedNote = z.object({ code: z.string().optional(), text: z.string() });

/** The settings as they are kept. `shards` only grows: the number of partitions that each list is spread over. */
export const storedSettings = z.object({
  id: z.string(),
  name: z.string(),
  version: z.number(),
  revision: z.number(),
  shards: z.number(),
  ...always,
  ...optionalShape(optional),
  seller: z.object(optionalShape(sellerShape('stored'))),
  notes: z.array(storedNote).optional(),
  defaultTax: taxStored.optional(),
  numbering: z.object(numberingShape),
  linkDomain: z.string().optional(),
  accounting: storedAccounting.optional(),
  onlinePayment: z
    .object({ provider: paymentProvider, stripeAccountId: stripeAccountId().optional() })
    .optional(),
  /** S3 key of the logo; it names the hash of its content. */
  logoKey: z.string().optional(),
  createdAt: z.string(),
  updatedAt: z.string(),
});
export type Settings = z.infer<typeof storedSettings>;

/** The settings in an answer. */
export const settingsAnswer = z
  .object({
    id: z.string(),
    name: z.string(),
    version: z.int(),
    ...always,
    ...nullableShape(optional),
    seller: z.object(nullableShape(sellerShape('answer'))),
    notes: z.array(z.object({ code: noteSubjectCode().nullable(), text: text() })).nullable(),
    defaultTax: taxAnswer.nullable(),
    numbering: z.object(numberingShape),
    linkDomain: z.string().nullable(),
    accounting: accountingAnswer.nullable(),
    onlinePayment: z
      .object({ provider: paymentProvider, stripeAccountId: stripeAccountId().nullable() })
      .nullable(),
    logo: z.string().nullable(),
    warnings: z.array(z.object({ code: z.string(), detail: z.string() })),
  })
  .meta({ id: 'Settings' });

/** What a new account begins with, from what its creator said. */
export const newSettings = (given: {
  id: string;
  name: string;
  country: string;
  currency: string;
  timeZone: string;
  at: string;
}): Settings => {
  const french = ['FR', 'MC', 'LU'].includes(given.country);
  return {
    id: given.id,
    name: given.name,
    version: 1,
    revision: 1,
    shards: 1,
    country: given.country,
    currency: given.currency,
    timeZone: given.timeZone,
    language: french ? 'fr' : 'en',
    locale: french ? 'fr-FR' : localeOf(given.country),
    pageSize: ['US', 'CA', 'MX', 'PH'].includes(given.country) ? 'Letter' : 'A4',
    chronologicalNumbers: false,
    allowEditFinalized: false,
    allowDeleteFinalized: false,
    allowOtherFromAddresses: false,
    sendOnlineReceipts: true,
    seller: {},
    numbering: { prefix: 'INV-', width: 4, start: 1001 },
    createdAt: given.at,
    updatedAt: given.at,
  };
};

const localeOf = (country: string): string => {
  const tag = `en-${country}`;
  return Intl.DateTimeFormat.supportedLocalesOf(tag).includes(tag) ? tag : 'en-GB';
};

/** The name that the account is known by. */
export const accountName = ({ seller, name }: Pick<Settings, 'seller' | 'name'>): string =>
  seller.tradingName ?? seller.legalName ?? name;
