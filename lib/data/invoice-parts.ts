import type { InvoiceDetails } from '#lib/domain/invoice/invoice.ts';
import type { LineItem } from '#lib/domain/invoice/line-item.ts';

/** The long parts of an invoice, cut so that each of them, and its history with both values, fits an item of 400 KB. */

const linesInPart = 100;
const bytesInPart = 150_000;
const sizeOf = (value: unknown): number => Buffer.byteLength(JSON.stringify(value));

/** Lines in chunks of at most 100 and about 150 KB. */
export const chunksOf = (lines: readonly LineItem[]): LineItem[][] => {
  const chunks: LineItem[][] = [];
  let bytes = 0;
  for (const line of lines) {
    const size = sizeOf(line);
    const last = chunks.at(-1);
    if (last === undefined || last.length === linesInPart || bytes + size > bytesInPart) {
      chunks.push([line]);
      bytes = size;
    } else {
      last.push(line);
      bytes += size;
    }
  }
  return chunks;
};

type Properties = Record<string, unknown>;

/** Lists can be cut between their elements, all else stays whole. */
const piecesOf = (details: InvoiceDetails): [name: string, value: unknown][] =>
  Object.entries(details).flatMap(([name, value]) =>
    Array.isArray(value) && value.length > 0
      ? value.map((element): [string, unknown] => [name, [element]])
      : [[name, value] as [string, unknown]],
  );

const add = (part: Properties, name: string, value: unknown): void => {
  const known = part[name];
  if (Array.isArray(known) && Array.isArray(value)) known.push(...value);
  else part[name] = Array.isArray(value) ? [...value] : value;
};

/** The details in one part, or in as many of about 150 KB as they need: twenty long notes, hundreds of tax rates. */
export const detailsParts = (details: InvoiceDetails): Properties[] => {
  const parts: Properties[] = [{}];
  let bytes = 0;
  for (const [name, value] of piecesOf(details)) {
    const size = sizeOf(value);
    if (bytes > 0 && bytes + size > bytesInPart) {
      parts.push({});
      bytes = 0;
    }
    add(parts.at(-1) as Properties, name, value);
    bytes += size;
  }
  return parts;
};

/** The details again, of all their parts in order. */
export const joinedDetails = (parts: readonly unknown[]): Properties => {
  const whole: Properties = {};
  for (const part of parts)
    for (const [name, value] of Object.entries(part as Properties)) add(whole, name, value);
  return whole;
};

/** How many items the details lie in once the parties are frozen on them: at most so many. */
export const mostDetailsParts = (details: InvoiceDetails): number => {
  const bytes = sizeOf(details);
  const parties = 60_000;
  // Any two parts that follow each other have more than 150 KB together.
  return bytes + parties < bytesInPart ? 1 : 2 + Math.floor((2 * (bytes + parties)) / bytesInPart);
};
