import * as z from 'zod';
import { isCountry } from './country.ts';
import { currencyDecimals } from './currency.ts';
import { formed, refuse } from './fields.ts';

/** Codes of public lists. Short lists are checked value by value, long ones by their form. */

const checked = (
  isKnown: (value: string) => boolean,
  code: string,
  message: string,
  meta: Record<string, unknown>,
) =>
  z
    .string()
    .superRefine((value, ctx) => {
      if (!isKnown(value)) refuse(ctx, code, message);
    })
    .meta(meta);

/** ISO 4217 code of a currency that has a minor unit (or is known to have none). */
export const currency = () =>
  checked(
    (code) => currencyDecimals(code) !== undefined,
    'unknown_currency',
    'must be a currency code of ISO 4217',
    {
      pattern: '^[A-Z]{3}$',
      examples: ['EUR'],
    },
  );

/** ISO 3166-1 alpha-2 code. */
export const country = () =>
  checked(isCountry, 'unknown_country', 'must be a country code of ISO 3166-1 alpha-2', {
    pattern: '^[A-Z]{2}$',
    examples: ['FR'],
  });

const canonical = (tag: string): string | undefined => {
  try {
    return Intl.getCanonicalLocales(tag)[0];
  } catch {
    return undefined;
  }
};
/** Whether a BCP 47 tag names a language whose formats the platform knows. */
export const isLanguage = (tag: string): boolean => {
  const found = canonical(tag);
  return tag.length <= 35 && found !== undefined && Intl.DateTimeFormat.supportedLocalesOf(found).length > 0;
};

/** BCP 47 tag of a locale whose number and date formats are known. */
export const locale = () =>
  checked(isLanguage, 'unknown_locale', 'must be a BCP 47 tag of a known locale', {
    maxLength: 35,
    examples: ['fr-FR'],
  });
/** BCP 47 tag of a language. */
export const language = () =>
  checked(isLanguage, 'unknown_language', 'must be a BCP 47 tag of a known language', {
    maxLength: 35,
    examples: ['fr'],
  });

/** UN/ECE Recommendation 20 (or 21, with the prefix X) unit code: `C62` one, `HUR` hour, `DAY` day, `KGM` kilogram. */
export const unitCode = () =>
  formed(/^[A-Z0-9]{2,3}$/, 'invalid_code', 'must be a unit code of UN/ECE Rec 20');
/** UNTDID 4451, the subject of a note: three letters. */
export const noteSubjectCode = () => formed(/^[A-Z]{3}$/, 'invalid_code', 'must be a code of UNTDID 4451');
/** UNTDID 4461, the means of payment: `30` credit transfer, `58` SEPA credit transfer, `48` card, `ZZZ`. */
export const paymentMeansCode = () =>
  formed(/^([1-9]\d?|ZZZ)$/, 'invalid_code', 'must be a code of UNTDID 4461');
/** UNTDID 2005 as EN 16931 (BT-8) limits it: 3 invoice date, 35 delivery, 432 payment. */
export const taxPointCode = () => z.enum(['3', '35', '432']);
/** A reason of the VATEX list. */
export const vatexCode = () =>
  formed(/^VATEX-[A-Z0-9-]{2,30}$/, 'invalid_code', 'must be a code of the VATEX list');
/** ISO 6523 identifier of a scheme of ids: SIREN `0002`, SIRET `0009`, GLN `0088`, or an EAS code such as `EM`. */
export const schemeCode = () =>
  formed(/^(\d{4}|[A-Z]{2})$/, 'invalid_code', 'must be a scheme code of ISO 6523 or EAS');
/** GTIN of 8, 12, 13 or 14 digits whose check digit is right (GS1). */
export const gtin = () =>
  checked(isGtin, 'invalid_gtin', 'must be a GTIN with its check digit', {
    pattern: '^\\d{8}$|^\\d{12,14}$',
  });

const isGtin = (code: string): boolean => {
  if (!/^(\d{8}|\d{12,14})$/.test(code)) return false;
  const digits = [...code].reverse().map(Number);
  return digits.reduce((sum, digit, place) => sum + digit * (place % 2 === 0 ? 1 : 3), 0) % 10 === 0;
};
