import { currencyDecimals } from '#lib/domain/currency.ts';
import { canonicalDecimal, decimalsWritten, parseDecimal, percentOf } from '#lib/domain/decimal.ts';

/**
 * Amounts, quantities and days as a reader of a locale expects them. Decimal strings go to Intl as they are: it formats
 * them exactly (ECMA-402, StringNumericLiteral). Locales are BCP 47 tags, checked before they come here.
 */

const numberFormats = new Map<string, Intl.NumberFormat>();
const dayFormats = new Map<string, Intl.DateTimeFormat>();

const kept = <T>(formats: Map<string, T>, key: string, make: () => T): T => {
  const known = formats.get(key) ?? make();
  formats.set(key, known);
  return known;
};

const formatDigits = (value: string, locale: string, options: Intl.NumberFormatOptions): string =>
  kept(
    numberFormats,
    `${locale} ${JSON.stringify(options)}`,
    () => new Intl.NumberFormat(locale, options),
  ).format(value as Intl.StringNumericLiteral);

const digits = (least: number, most: number): Intl.NumberFormatOptions => ({
  minimumFractionDigits: least,
  maximumFractionDigits: Math.max(least, most),
});

/**
 * An amount with its currency: `1234.50` EUR → `€1,234.50`, `1 234,50 €`. It keeps the decimals that it has, and has
 * at least the currency's (a unit price `12.5` → `€12.50`, `0.0035` → `€0.0035`).
 */
export function formatMoney(amount: string, currency: string, locale: string): string {
  return formatDigits(amount, locale, { style: 'currency', currency, ...moneyDigits(amount, currency) });
}

const moneyDigits = (amount: string, currency: string) =>
  digits(currencyDecimals(currency) ?? 0, decimalsWritten(amount));

/** A quantity, without the zeros that say nothing: `2.500` → `2.5`. */
export function formatQuantity(quantity: string, locale: string): string {
  const shortest = canonicalDecimal(parseDecimal(quantity));
  return formatDigits(shortest, locale, digits(0, decimalsWritten(shortest)));
}

/** A percentage: `5.50` → `5.5%`, `5,5 %`. */
export function formatPercent(percent: string, locale: string): string {
  const shortest = parseDecimal(canonicalDecimal(parseDecimal(percent)));
  const decimals = decimalsWritten(canonicalDecimal(shortest));
  const fraction = canonicalDecimal(percentOf(parseDecimal('1'), shortest));
  return formatDigits(fraction, locale, { style: 'percent', ...digits(0, decimals) });
}

/** Invoices count in the Gregorian calendar, in Thailand or Saudi Arabia too: the days are those of ISO 8601. */
const dayFormat = (locale: string, dateStyle: 'long' | 'medium') =>
  kept(
    dayFormats,
    `${locale} ${dateStyle}`,
    () => new Intl.DateTimeFormat(locale, { dateStyle, calendar: 'gregory', timeZone: 'UTC' }),
  );

const noonOf = (day: string): Date => new Date(`${day}T12:00:00Z`);

/** A day, written out: `2026-11-24` → `November 24, 2026`, `24 novembre 2026`. */
export function formatDay(day: string, locale: string): string {
  return dayFormat(locale, 'long').format(noonOf(day));
}

/** A period of days, both included: `Nov 1 – 30, 2026`. */
export function formatPeriod(period: { start: string; end: string }, locale: string): string {
  return dayFormat(locale, 'medium').formatRange(noonOf(period.start), noonOf(period.end));
}

/** A country's name: `FR` → `France`. */
export function formatCountry(code: string, locale: string): string {
  return new Intl.DisplayNames(locale, { type: 'region', fallback: 'code' }).of(code) ?? code;
}

const rightToLeft = new Set(['Arab', 'Hebr', 'Thaa', 'Syrc', 'Nkoo', 'Adlm', 'Rohg']);

/** Which way a language is written; its script decides (`ur` and `az-Arab` from right to left, `az` from left). */
export function directionOf(language: string): 'ltr' | 'rtl' {
  return rightToLeft.has(new Intl.Locale(language).maximize().script ?? '') ? 'rtl' : 'ltr';
}
