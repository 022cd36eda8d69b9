import { isValidBIC, isValidIBAN } from 'ibantools';
import * as z from 'zod';
import { nullishShape, refuse } from '#lib/domain/fields.ts';
import { sellerShape } from '#lib/domain/party.ts';
import { patchOf } from '#lib/domain/patch.ts';
import { settingsPatch } from './settings-request.ts';
import { isVatNumber } from './vat-number.ts';

/** What of a change of settings is more than its form: check digits, and what the deployment has. */

const checked = (
  schema: z.ZodString,
  isRight: (value: string) => boolean,
  code: string,
  message: string,
): z.ZodString =>
  schema.superRefine((value, ctx) => {
    if (!isRight(value)) refuse(ctx, code, message);
  });

const shape = sellerShape('request');
const seller = z.strictObject(
  nullishShape({
    ...shape,
    vatId: checked(shape.vatId, isVatNumber, 'invalid_vat_id', 'has the wrong length or check digits'),
    iban: checked(shape.iban, isValidIBAN, 'invalid_iban', 'has the wrong length or check digits'),
    bic: checked(shape.bic, isValidBIC, 'invalid_bic', 'must be a BIC of 8 or 11 characters'),
  }),
);

/**
 * The body of `PATCH /v1/settings`, with every fault at once.
 * @param linkDomains the domains that the deployment serves
 */
export const checkedSettingsPatch = (linkDomains: () => readonly string[]) =>
  settingsPatch.extend({
    ...patchOf({ seller }).shape,
    linkDomain: z
      .string()
      .superRefine((domain, ctx) => {
        if (!linkDomains().includes(domain))
          refuse(ctx, 'unknown_domain', 'is not a domain that this service is reached at');
      })
      .nullish(),
  });
