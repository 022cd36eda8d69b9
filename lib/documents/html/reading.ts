import { parseDecimal } from '#lib/domain/decimal.ts';
import type { Invoice } from '#lib/domain/invoice/invoice.ts';
import type { LineTax } from '#lib/domain/invoice/line-item.ts';
import type { FrozenBuyer, FrozenSeller } from '#lib/domain/party.ts';
import { type DocumentWording, documentWording } from '#lib/domain/wording/document.ts';
import {
  formatCountry,
  formatDay,
  formatMoney,
  formatPercent,
  formatPeriod,
  formatQuantity,
} from '#lib/domain/wording/format.ts';
import { unitSymbols } from '#lib/domain/wording/unit-symbols.ts';

/** What an invoice's document is made from. */
export type DocumentSource = {
  invoice: Invoice;
  /** Of a draft: as finalizing would freeze them. A finalized invoice's own copies go before them. */
  seller?: FrozenSeller | undefined;
  buyer?: FrozenBuyer | undefined;
  /** The account's, for an invoice that names none. */
  language?: string | undefined;
  locale?: string | undefined;
  /** Of `taxTotalAccounting` (ISO 4217). */
  accountingCurrency?: string | undefined;
};

type Tax = Pick<LineTax, 'category' | 'rate' | 'label'>;

/** An invoice with its words, and with everything written as its locale has it. */
export type DocumentReading = {
  invoice: Invoice;
  seller: FrozenSeller | undefined;
  buyer: FrozenBuyer | undefined;
  words: DocumentWording;
  /** BCP 47 tag of the language that the document is in. */
  language: string;
  accountingCurrency: string | undefined;
  money(amount: string): string;
  moneyIn(amount: string, currency: string): string;
  quantity(quantity: string, unit: string): string;
  percent(percent: string): string;
  day(day: string): string;
  period(period: { start: string; end: string }): string;
  country(code: string): string;
  tax(tax: Tax): string;
};

export function readingOf(source: DocumentSource): DocumentReading {
  const { invoice, accountingCurrency } = source;
  const seller = invoice.seller ?? source.seller;
  const wanted = invoice.language ?? source.language ?? 'en';
  const locale = invoice.locale ?? source.locale ?? wanted;
  const words = documentWording(wanted);
  const spoken = localeInWords(words, locale);
  return {
    invoice,
    seller,
    buyer: invoice.buyer ?? source.buyer,
    words,
    language: new Intl.Locale(wanted).language === words.language ? wanted : words.language,
    accountingCurrency,
    money: (amount) => formatMoney(amount, invoice.currency, locale),
    moneyIn: (amount, currency) => formatMoney(amount, currency, locale),
    quantity: (quantity, unit) => quantityIn(words, formatQuantity(quantity, locale), quantity, unit),
    percent: (percent) => formatPercent(percent, locale),
    day: (day) => formatDay(day, spoken),
    period: (period) => formatPeriod(period, spoken),
    country: (code) => formatCountry(code, spoken),
    tax: (tax) => taxName(tax, words, seller?.vatId !== undefined, (rate) => formatPercent(rate, locale)),
  };
}

/** For what has words in it, such as months: the words' language, with the region of the locale. */
const localeInWords = (words: DocumentWording, locale: string): string => {
  const { language, region } = new Intl.Locale(locale);
  if (language === words.language) return locale;
  return region === undefined ? words.language : `${words.language}-${region}`;
};

const quantityIn = (words: DocumentWording, written: string, quantity: string, unit: string): string => {
  const names = words.units[unit];
  const name =
    names === undefined
      ? (unitSymbols[unit] ?? unit)
      : names[words.plural(parseDecimal(quantity)) === 'one' ? 0 : 1];
  return name === '' ? written : `${written}\u00a0${name}`;
};

const rated = new Set(['S', 'L', 'M']);

/** What a tax is called: by its label, else by its kind; with its rate, where the category has one. */
const taxName = (
  { category, rate, label }: Tax,
  words: DocumentWording,
  isValueAdded: boolean,
  percent: (rate: string) => string,
): string => {
  const kind = isValueAdded ? words.tax.valueAdded : words.tax.other;
  if (!rated.has(category)) return label ?? words.tax.categories[category];
  const name = label ?? (category === 'S' ? kind : words.tax.categories[category]);
  return /\d/.test(name) ? name : `${name}\u00a0${percent(rate)}`;
};
