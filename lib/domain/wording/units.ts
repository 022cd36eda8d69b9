import { parseDecimal } from '#lib/domain/decimal.ts';
import { documentWording } from './document.ts';
import { formatQuantity } from './format.ts';
import { unitSymbols } from './unit-symbols.ts';

/** The document's own word for a unit, where it has one. */
const wordOf = (quantity: string, unit: string, language: string): string | undefined => {
  const wording = documentWording(language);
  const [one, other] = wording.units[unit] ?? [];
  return wording.plural(parseDecimal(quantity)) === 'one' ? one : other;
};

/**
 * A quantity with its unit, `12.5 hours`, as the PDF names it. Pieces, and units that no reader would know by their code,
 * are the number alone.
 * @param quantity decimal string
 * @param language whose words are used; `locale` gives the digits
 */
export const quantityWithUnit = (
  quantity: string,
  unit: string,
  { language, locale }: { language: string; locale: string },
): string => {
  const name = unitSymbols[unit] ?? wordOf(quantity, unit, language);
  const written = formatQuantity(quantity, locale);
  return name ? `${written}\u00a0${name}` : written;
};
