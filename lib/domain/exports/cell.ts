import { decimalPattern } from '#lib/domain/decimal.ts';
import type { CellValue, Column } from './columns.ts';

/** Cells of a CSV as texts. */

/** What makes a spreadsheet take a text for a formula, in full width too, and what it skips before it (EXP-5). */
const formulaStart = /^[\s\u0000]*[=+\-@\uff0b\uff0d\uff1d\uff20]|^[\t\r\n]/u;

/** The same after what parts cells and rows where a spreadsheet reads with `;` or tabs, which knows no quotes of ours. */
const formulaWithin = /([;\t\r\n][\s\u0000"]*)(?=[=+\-@\uff0b\uff0d\uff1d\uff20])/gu;

/** The text with an apostrophe before what a spreadsheet would take for a formula (EXP-5). */
export const guarded = (text: string): string => {
  const within = text.replace(formulaWithin, "$1'");
  return formulaStart.test(text) ? `'${within}` : within;
};

const numeric: readonly Column['type'][] = ['amount', 'number'];

const isActor = (value: object): value is { id: string | null; type: string } => 'type' in value;

/** A value as text: lists with `; ` between, an actor by its id, an absent value as nothing. */
export const asText = (value: CellValue): string => {
  if (value === null) return '';
  if (Array.isArray(value)) return value.join('; ');
  if (typeof value !== 'object') return String(value);
  return isActor(value) ? (value.id ?? value.type) : JSON.stringify(value);
};

/** A property that was defined anew keeps its old values: a text may stand where numbers do. */
const isPlain = (value: CellValue, type: Column['type']): boolean =>
  typeof value === 'number' ||
  (numeric.includes(type) && typeof value === 'string' && decimalPattern.test(value));

/** A cell of a CSV: numbers as they are, texts guarded. Days and yes-or-no never begin as a formula does. */
export const csvCell = (value: CellValue, type: Column['type']): string => {
  const text = asText(value);
  return isPlain(value, type) ? text : guarded(text);
};
