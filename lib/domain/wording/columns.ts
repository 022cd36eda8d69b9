import type { HeaderPropertyName } from '#lib/domain/invoice/property-catalogue.ts';
import { languageNamed } from './language.ts';

/** Names of an invoice's properties, as headers of an exported table and, in English, as the API lists them. */
export type ColumnsWording = Readonly<Record<HeaderPropertyName | 'customProperties', string>>;

/** The header of a property's column, by the language's primary subtag; in English where there is none. */
export const columnLabel = (property: string, language: string): string => {
  const columns: Readonly<Record<string, string>> = languageNamed(language).columns;
  return columns[property] ?? property;
};
