import type { SkippedInvoice } from '#lib/domain/exports/export.ts';
import type { Invoice, InvoiceHeader } from '#lib/domain/invoice/invoice.ts';

/** How invoices become a file. */

export type Encoded = {
  bytes: Uint8Array;
  /** Rows of the file, its header aside. */
  rows: number;
  /** Those that are in the file. */
  exported: readonly InvoiceHeader[];
  skipped: readonly SkippedInvoice[];
};

/** A file that is written from its beginning to its end, piece by piece. */
export type StreamEncoder = {
  kind: 'stream';
  mediaType: string;
  extension: string;
  /** What stands before the first row. */
  head: Uint8Array;
} & (
  | { reads: 'headers'; encode: (headers: readonly InvoiceHeader[]) => Encoded }
  | { reads: 'invoices'; encode: (invoices: readonly Invoice[]) => Encoded }
);

/** Files that are made as a whole, each of at most so many invoices. */
export type WholeEncoder = {
  kind: 'whole';
  mediaType: string;
  extension: string;
  invoicesAtMost: number;
} & (
  | { reads: 'headers'; encode: (headers: readonly InvoiceHeader[]) => Promise<Encoded> }
  | { reads: 'invoices'; encode: (invoices: readonly Invoice[]) => Promise<Encoded> }
);

export type Encoder = StreamEncoder | WholeEncoder;

export const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
