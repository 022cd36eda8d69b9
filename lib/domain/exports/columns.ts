import { type Derived, derivedOf } from '#lib/domain/invoice/derive.ts';
import type { InvoiceHeader } from '#lib/domain/invoice/invoice.ts';
import { type FilterType, headerProperties } from '#lib/domain/invoice/property-catalogue.ts';
import type { PropertyDefinition } from '#lib/domain/property-definition.ts';
import { searchProperty } from '#lib/domain/search/filter.ts';
import { columnLabel } from '#lib/domain/wording/columns.ts';

/** The columns of a table of invoices: what stands at the top, and what in each cell. */

export type CellValue = string | number | boolean | readonly string[] | object | null;
export type Column = {
  name: string;
  label: string;
  type: FilterType | 'map';
  value: (header: InvoiceHeader, today: string) => CellValue;
};

const custom = (name: string, header: InvoiceHeader): CellValue => {
  const values = header.customProperties ?? {};
  return Object.hasOwn(values, name) ? (values[name] ?? null) : null;
};

const own = (name: string, header: InvoiceHeader, today: string): CellValue => {
  const derived = derivedOf(header, today);
  if (name in derived) return derived[name as keyof Derived];
  return (header[name as keyof InvoiceHeader] as CellValue | undefined) ?? null;
};

/**
 * The columns by their names, all of the header's where none are named. One whose property is not defined any more
 * stays, empty: files that are made again and again keep their shape.
 */
export const columnsOf = (
  names: readonly string[],
  definitions: readonly PropertyDefinition[],
  language: string,
): Column[] => {
  const chosen = names.length > 0 ? names : headerProperties.map(({ name }) => name);
  return chosen.map((name): Column => {
    if (name === 'customProperties')
      return {
        ...{ name, label: columnLabel(name, language), type: 'map' },
        value: ({ customProperties = {} }) => customProperties,
      };
    const property = searchProperty(name, definitions);
    if (property === undefined) return { name, label: name, type: 'string', value: () => null };
    const { type, custom: definition } = property;
    return definition === undefined
      ? {
          ...{ name, label: columnLabel(name, language), type },
          value: (header, today) => own(name, header, today),
        }
      : { name, label: definition.label, type, value: (header) => custom(definition.name, header) };
  });
};
