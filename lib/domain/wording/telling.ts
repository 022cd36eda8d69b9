import type { Invoice } from '#lib/domain/invoice/invoice.ts';
import type { ChangeWording } from './change.ts';
import type { Reading } from './reading.ts';

/** An edit that a buyer is told of. */
export type Telling = {
  readonly before: Invoice;
  readonly after: Invoice;
  /** Names of the properties that changed. */
  readonly changed: ReadonlySet<string>;
  readonly wording: ChangeWording;
  readonly reading: Reading;
};

const longestValue = 80;

/** The text, or its beginning with an ellipsis: `longest` characters at most. */
export const shortened = (text: string, longest = longestValue): string => {
  const characters = [...text];
  return characters.length <= longest ? text : `${characters.slice(0, longest - 1).join('')}…`;
};

const isLong = (value: string | undefined): boolean =>
  value !== undefined && (value.includes('\n') || [...value].length > longestValue);

/** `Due date: 26 March 2026 → 10 April 2026`; of a long value only that it changed. */
export const toldChange = (
  name: string,
  from: string | undefined,
  to: string | undefined,
  { wording, reading: { words } }: Telling,
): string[] => {
  if (from === to) return [];
  const { text } = wording;
  if (isLong(from) || isLong(to)) {
    const kind = from === undefined ? text.added : to === undefined ? text.removed : text.changed;
    return [words.pair(name, kind)];
  }
  if (from === undefined) return [words.pair(name, wording.added(to ?? ''))];
  return [words.pair(name, to === undefined ? wording.removed(from) : wording.fromTo(from, to))];
};
