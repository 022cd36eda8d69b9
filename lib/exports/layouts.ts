import { type LaidOut, skippedFor } from '#lib/domain/exports/layouts/rows.ts';
import type { Invoice } from '#lib/domain/invoice/invoice.ts';
import { type Encoded, type StreamEncoder, utf8, type WholeEncoder } from './encoder.ts';
import { csvRows } from './tables.ts';

/** Files for accounting software. Their texts stay as they are: what imports them runs no formulas (EXP-5). */

type Layout = {
  header: readonly string[];
  layOut: (invoice: Invoice) => LaidOut;
  write: (rows: readonly (readonly string[])[]) => string;
};

const encodeBy = ({ layOut, write }: Layout, invoices: readonly Invoice[]): Encoded => {
  const laidOut = invoices.map((invoice) => ({ invoice, made: layOut(invoice) }));
  const rows = laidOut.flatMap(({ made }) => ('rows' in made ? made.rows : []));
  return {
    bytes: utf8(write(rows)),
    rows: rows.length,
    exported: laidOut.flatMap(({ invoice, made }) => ('rows' in made ? [invoice] : [])),
    skipped: laidOut.flatMap(({ invoice, made }) =>
      'reason' in made ? [skippedFor(invoice, made.reason)] : [],
    ),
  };
};

/** One CSV of all invoices. */
export const csvLayout = (
  header: readonly string[],
  layOut: (invoice: Invoice) => LaidOut,
): StreamEncoder => ({
  kind: 'stream',
  reads: 'invoices',
  mediaType: 'text/csv; charset=utf-8',
  extension: 'csv',
  head: utf8(csvRows([header])),
  encode: (invoices) => encodeBy({ header, layOut, write: csvRows }, invoices),
});

/** CSVs of at most so many invoices each. */
export const csvLayoutInFiles = (
  header: readonly string[],
  layOut: (invoice: Invoice) => LaidOut,
  invoicesAtMost: number,
): WholeEncoder => ({
  kind: 'whole',
  reads: 'invoices',
  mediaType: 'text/csv; charset=utf-8',
  extension: 'csv',
  invoicesAtMost,
  encode: async (invoices) =>
    encodeBy({ header, layOut, write: (rows) => csvRows([header, ...rows]) }, invoices),
});

const barRows = (rows: readonly (readonly string[])[]): string =>
  rows.map((row) => `${row.join('|')}\r\n`).join('');

/** Fields with `|` between them, which none of them holds. */
export const barLayout = (
  header: readonly string[],
  layOut: (invoice: Invoice) => LaidOut,
): StreamEncoder => ({
  kind: 'stream',
  reads: 'invoices',
  mediaType: 'text/plain; charset=utf-8',
  extension: 'txt',
  head: utf8(barRows([header])),
  encode: (invoices) => encodeBy({ header, layOut, write: barRows }, invoices),
});
