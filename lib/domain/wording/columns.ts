import { headerProperties } from '#lib/domain/invoice/property-catalogue.ts';
import { columnsAr } from './columns.ar.ts';
import { columnsFr } from './columns.fr.ts';

/** The headers of an exported table, in the account's language. Another language is one more file, named here. */

const columnsEn: Readonly<Record<string, string>> = {
  ...Object.fromEntries(headerProperties.map(({ name, label }) => [name, label])),
  customProperties: 'Custom properties',
};
const wordings: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  en: columnsEn,
  fr: columnsFr,
  ar: columnsAr,
};

/** The header of a property's column, by the language's primary subtag; English where there is none. */
export const columnLabel = (property: string, language: string): string => {
  const primary = language.toLowerCase().split('-')[0] ?? '';
  return wordings[primary]?.[property] ?? columnsEn[property] ?? property;
};
