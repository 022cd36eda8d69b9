import { type LaidOut, skippedFor } from '#lib/domain/exports/layouts/rows.ts';
import type { Invoice } from '#lib/domain/invoice/invoice.ts';
import { type Encoded, type StreamEncoder, utf8, type WholeEncoder } from './encoder.ts';
import { csvRows } from './tables.ts';

/** Files for accounting software. Their texts stay as they are: what imports them runs no formulas (EXP-5). */

type LayOut = (invoice: Invoice) => LaidOut;
type Row = readonly string[];
type Write = (rows: readonly Row[]) => string;

const encodeBy = (layOut: LayOut, write: Write, invoices: readonly Invoice[]): Encoded => {
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

const csv = { mediaType: 'text/csv; charset=utf-8', extension: 'csv', write: csvRows } as const;
/** Fields with `|` between them, which none of them holds. */
const bar = {
  ...{ mediaType: 'text/plain; charset=utf-8', extension: 'txt' },
  write: (rows: readonly Row[]): string => rows.map((row) => `${row.join('|')}\r\n`).join(''),
} as const;

const inOneFile =
  ({ write, ...kind }: { mediaType: string; extension: string; write: Write }) =>
  (header: Row, layOut: LayOut): StreamEncoder => ({
    kind: 'stream',
    reads: 'invoices',
    ...kind,
    head: utf8(write([header])),
    encode: (invoices) => encodeBy(layOut, write, invoices),
  });

/** One file of all invoices. */
export const csvLayout = inOneFile(csv);
export const barLayout = inOneFile(bar);

/** CSVs of at most so many invoices each. */
export const csvLayoutInFiles = (header: Row, layOut: LayOut, invoicesAtMost: number): WholeEncoder => ({
  kind: 'whole',
  reads: 'invoices',
  ...{ mediaType: csv.mediaType, extension: csv.extension },
  invoicesAtMost,
  encode: async (invoices) => encodeBy(layOut, (rows) => csvRows([header, ...rows]), invoices),
});
