import { stringify } from 'csv-stringify/sync';
import { csvCell, guarded } from '#lib/domain/exports/cell.ts';
import type { Column } from '#lib/domain/exports/columns.ts';
import type { InvoiceHeader } from '#lib/domain/invoice/invoice.ts';
import { type Encoded, type StreamEncoder, utf8 } from './encoder.ts';

/** Tables of invoices as CSV and NDJSON, one row an invoice. */

/** Rows as RFC 4180 has them. */
export const csvRows = (rows: readonly (readonly string[])[]): string =>
  rows.length === 0 ? '' : stringify(rows as string[][], { record_delimiter: '\r\n' });

const byteOrderMark = '\ufeff';

const encoded = (text: string, exported: readonly InvoiceHeader[]): Encoded => ({
  bytes: utf8(text),
  rows: exported.length,
  exported,
  skipped: [],
});

/** @param today the account’s day, which what is overdue goes by */
export const csvEncoder = (columns: readonly Column[], today: string, bom: boolean): StreamEncoder => ({
  kind: 'stream',
  reads: 'headers',
  mediaType: 'text/csv; charset=utf-8',
  extension: 'csv',
  head: utf8(`${bom ? byteOrderMark : ''}${csvRows([columns.map(({ label }) => guarded(label))])}`),
  encode: (headers) =>
    encoded(
      csvRows(headers.map((header) => columns.map(({ type, value }) => csvCell(value(header, today), type)))),
      headers,
    ),
});

/** One object a line, with the columns as its keys and values as the API shows them. */
export const ndjsonEncoder = (columns: readonly Column[], today: string): StreamEncoder => ({
  kind: 'stream',
  reads: 'headers',
  mediaType: 'application/x-ndjson',
  extension: 'ndjson',
  head: utf8(''),
  encode: (headers) =>
    encoded(
      headers
        .map((header) =>
          JSON.stringify(Object.fromEntries(columns.map(({ name, value }) => [name, value(header, today)]))),
        )
        .map((row) => `${row}\n`)
        .join(''),
      headers,
    ),
});
