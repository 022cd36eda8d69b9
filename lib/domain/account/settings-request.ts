import * as z from 'zod';
import { noteSubjectCode } from '#lib/domain/codes.ts';
import { parseDecimal } from '#lib/domain/decimal.ts';
import { line, nullishShape, optionalShape, refuse, text, withinBytes } from '#lib/domain/fields.ts';
import { taxRequest } from '#lib/domain/invoice/line-item.ts';
import { sellerShape } from '#lib/domain/party.ts';
import { patchOf } from '#lib/domain/patch.ts';
import { allowsRate } from '#lib/domain/tax-category.ts';
import { accountingRequest } from './accounting.ts';
import { always, numberingShape, optional, paymentProvider, stripeAccountId } from './settings.ts';

/** What of the settings can be written (SET-1), by its form. */

/** The settings are one item, and a change of them is another that holds the notes twice. */
const notesBytes = 131_072;

const numbering = z.strictObject(numberingShape);
const removable = {
  ...optional,
  seller: z.strictObject(nullishShape(sellerShape('request'))),
  notes: withinBytes(
    z.array(z.strictObject({ code: noteSubjectCode().nullish(), text: text() })).max(20),
    notesBytes,
  ),
  defaultTax: taxRequest,
  linkDomain: line(253),
  accounting: accountingRequest,
  onlinePayment: z.strictObject({
    provider: paymentProvider,
    stripeAccountId: stripeAccountId().nullish(),
  }),
};

/** A patch that names both says by itself whether they go together; else the whole shows it. */
const defaultTaxPatch = patchOf({ defaultTax: taxRequest }).shape.defaultTax.superRefine((tax, ctx) => {
  if (tax?.category && tax.rate && !allowsRate(tax.category, parseDecimal(tax.rate)))
    refuse(ctx, 'rate_not_allowed', `must be 0 for the category ${tax.category}`, ['rate']);
});

/** The settings whole, as they are written. */
export const settingsRequest = z.strictObject({ ...always, numbering, ...nullishShape(removable) });

/** Names of all that can be written. */
export const writtenSettings = Object.keys(settingsRequest.shape) as (keyof typeof settingsRequest.shape)[];

/** The body of `PATCH /v1/settings`: a merge patch. What every account has can't be null. */
export const settingsPatch = z.strictObject({
  ...optionalShape(always),
  numbering: z.strictObject(optionalShape(numberingShape)).optional(),
  ...patchOf(removable).shape,
  defaultTax: defaultTaxPatch,
});
export type SettingsPatch = z.infer<typeof settingsPatch>;
