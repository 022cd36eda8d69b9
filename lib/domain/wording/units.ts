import { canonicalDecimal, parseDecimal } from '#lib/domain/decimal.ts';
import { documentWording } from './document.ts';
import { formatQuantity } from './format.ts';
import { unitSymbols } from './unit-symbols.ts';

/** UN/ECE Recommendation 20 codes whose names every locale has (ECMA-402, table of sanctioned units). */
const sanctioned: Readonly<Record<string, string>> = {
  HUR: 'hour',
  DAY: 'day',
  WEE: 'week',
  MON: 'month',
  ANN: 'year',
  HAR: 'hectare',
};

/** The document's own word for a unit, where it has one in that language. */
const wordOf = (quantity: string, unit: string, language: string): string | undefined => {
  const wording = documentWording(language);
  if (wording.language !== language) return undefined;
  const [one, other] = wording.units[unit] ?? [];
  return wording.plural(parseDecimal(quantity)) === 'one' ? one : other;
};

/**
 * A quantity with its unit, `12.5 hours`, as the PDF names it. Pieces, and units that no reader would know by their code,
 * are the number alone.
 * @param quantity decimal string
 * @param language whose words are used, a primary subtag; `locale` gives the digits
 */
export const quantityWithUnit = (
  quantity: string,
  unit: string,
  { language, locale }: { language: string; locale: string },
): string => {
  const name = unitSymbols[unit] ?? wordOf(quantity, unit, language);
  if (name === undefined && sanctioned[unit] !== undefined) {
    const options = { style: 'unit', unit: sanctioned[unit], unitDisplay: 'long' } as const;
    const format = new Intl.NumberFormat(locale, { ...options, maximumFractionDigits: 6 });
    return format.format(canonicalDecimal(parseDecimal(quantity)) as Intl.StringNumericLiteral);
  }
  const written = formatQuantity(quantity, locale);
  return name ? `${written}\u00a0${name}` : written;
};
