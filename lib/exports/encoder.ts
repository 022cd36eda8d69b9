import type { SkippedInvoice } from '#lib/domain/exports/export.ts';
import type { Invoice, InvoiceHeader } from '#lib/domain/invoice/invoice.ts';

/** How invoices become a file. */

/** What became of invoices that were to be written. */
export type Written = {
  /** Rows of the file, its header aside. */
  rows: number;
  /** Those that are in the file. */
  exported: readonly InvoiceHeader[];
  skipped: readonly SkippedInvoice[];
};
export type Encoded = Written & { bytes: Uint8Array };

/** Writes invoices, of which it needs the headers alone or the whole. */
export type Encode<Answer> =
  | { reads: 'headers'; encode: (headers: readonly InvoiceHeader[]) => Answer }
  | { reads: 'invoices'; encode: (invoices: readonly Invoice[]) => Answer };

/** A file that is written from its beginning to its end, piece by piece. */
export type StreamEncoder = {
  kind: 'stream';
  mediaType: string;
  extension: string;
  /** What stands before the first row. */
  head: Uint8Array;
} & Encode<Encoded>;

/** A file that is kept here until its end: only then can it be stored. */
export type OpenFile = Encode<Promise<Written>> & {
  /** Whether the next invoices go into a file of their own, though there would be room for their number. */
  isFull?: () => boolean;
  end: () => Promise<Uint8Array>;
};

/** Files that are made as a whole, each of at most so many invoices. */
export type WholeEncoder = {
  kind: 'whole';
  mediaType: string;
  extension: string;
  invoicesAtMost: number;
  open: () => OpenFile;
};

export type Encoder = StreamEncoder | WholeEncoder;

export const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
