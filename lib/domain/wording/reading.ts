import type { Invoice } from '#lib/domain/invoice/invoice.ts';
import type { LineTax, TaxGroup } from '#lib/domain/invoice/line-item.ts';
import { isZero } from '#lib/domain/money.ts';
import { documentWording } from './document.ts';
import { directionOf, formatCountry, formatDay, formatMoney, formatPercent, formatPeriod } from './format.ts';
import { type PageWording, pageWordingOf } from './page.ts';
import { quantityWithUnit } from './units.ts';

/** How one invoice is read aloud: its words, and its amounts, days and quantities as its locale writes them. */
export type Reading = {
  readonly words: PageWording;
  /** The invoice's own language; that of `words` is English where the invoice's is not known. */
  readonly language: string;
  readonly direction: 'ltr' | 'rtl';
  readonly wordsDirection: 'ltr' | 'rtl';
  readonly money: (amount: string) => string;
  /** What is taken off, with a minus sign. */
  readonly lessMoney: (amount: string) => string;
  readonly percent: (value: string) => string;
  readonly quantity: (value: string, unit: string) => string;
  readonly day: (day: string) => string;
  readonly period: (period: { start: string; end: string }) => string;
  /** A span of whole days, `12 days`. */
  readonly days: (count: number) => string;
  /** That many days from today, `tomorrow`, `in 12 days`. */
  readonly inDays: (count: number) => string;
  readonly country: (code: string) => string;
  /** One of several, `card or bank transfer`. */
  readonly either: (choices: readonly string[]) => string;
};

const localeOf = (tag: string): Intl.Locale => {
  try {
    return new Intl.Locale(tag);
  } catch {
    return new Intl.Locale('en');
  }
};

/** The locale for what is made of words (months, units): the words' language as the invoice's region has it. */
const wordsLocale = (words: PageWording, locale: string): string => {
  const { language, region } = localeOf(locale);
  if (language === words.language) return locale;
  return new Intl.Locale(words.language, region === undefined ? {} : { region }).toString();
};

export const readingOf = (invoice: Pick<Invoice, 'language' | 'locale' | 'currency'>): Reading => {
  const language = invoice.language ?? 'en';
  const locale = invoice.locale ?? language;
  const words = pageWordingOf(language);
  const spoken = wordsLocale(words, locale);
  const span = new Intl.NumberFormat(spoken, { style: 'unit', unit: 'day', unitDisplay: 'long' });
  const relative = new Intl.RelativeTimeFormat(spoken, { numeric: 'auto' });
  const money = (amount: string) => formatMoney(amount, invoice.currency, locale);
  const choice = new Intl.ListFormat(spoken, { type: 'disjunction' });
  return {
    words,
    language,
    direction: directionOf(language),
    wordsDirection: directionOf(words.language),
    money,
    lessMoney: (amount) => (isZero(amount) ? money(amount) : money(`-${amount}`).replace('-', '\u2212')),
    percent: (value) => formatPercent(value, locale),
    quantity: (value, unit) => quantityWithUnit(value, unit, { language: words.language, locale: spoken }),
    day: (day) => formatDay(day, spoken),
    period: (period) => formatPeriod(period, spoken),
    days: (count) => span.format(count),
    inDays: (count) => relative.format(count, 'day'),
    country: (code) => formatCountry(code, spoken),
    either: (choices) => choice.format(choices),
  };
};

type Tax = Pick<LineTax, 'category' | 'rate' | 'label'>;

/** What a tax is called: as the seller labels it, else its name and rate, or its category where there is no rate. */
export const taxName = (tax: Tax, reading: Reading, sellerHasVatId: boolean): string => {
  const { words } = reading;
  const category = words.taxCategories[tax.category];
  if (category !== undefined) return tax.label ?? category;
  const name = tax.label ?? (sellerHasVatId ? words.taxNames.valueAdded : words.taxNames.general);
  return /\d/.test(name) ? name : `${name} ${reading.percent(tax.rate)}`;
};

/** Why a group has no tax: in the seller's words, else what its VATEX code says. */
export const exemptionReason = (group: TaxGroup, { words }: Reading): string | undefined =>
  group.exemptionReason ?? documentWording(words.language).tax.reasons[group.exemptionReasonCode ?? ''];

/** Whether a tax group tells the buyer anything: that nothing was said about tax does not. */
export const isTelling = (group: TaxGroup): boolean =>
  group.category !== 'O' ||
  group.label !== undefined ||
  group.exemptionReason !== undefined ||
  group.exemptionReasonCode !== undefined;
