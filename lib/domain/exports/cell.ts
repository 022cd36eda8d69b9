import type { CellValue, Column } from './columns.ts';

/** Cells of a CSV as texts. */

/** What makes a spreadsheet take a text for a formula, in full width too, and what it skips before it (EXP-5). */
const formulaStart = /^[\s\u0000]*[=+\-@\uff0b\uff0d\uff1d\uff20]|^[\t\r\n]/u;

/** The text with an apostrophe before it where a spreadsheet would take it for a formula (EXP-5). */
export const guarded = (text: string): string => (formulaStart.test(text) ? `'${text}` : text);

const plainTypes: readonly Column['type'][] = ['amount', 'number', 'boolean', 'date', 'instant'];

const isActor = (value: object): value is { id: string | null; type: string } => 'type' in value;

/** A value as text: lists with `; ` between, an actor by its id, an absent value as nothing. */
export const asText = (value: CellValue): string => {
  if (value === null) return '';
  if (Array.isArray(value)) return value.join('; ');
  if (typeof value !== 'object') return String(value);
  return isActor(value) ? (value.id ?? value.type) : JSON.stringify(value);
};

/** A cell of a CSV: numbers, days and yes-or-no as they are, texts guarded. */
export const csvCell = (value: CellValue, type: Column['type']): string => {
  const text = asText(value);
  return plainTypes.includes(type) ? text : guarded(text);
};
