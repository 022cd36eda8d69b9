import { type LaidOut, skippedFor } from '#lib/domain/exports/layouts/rows.ts';
import type { Invoice } from '#lib/domain/invoice/invoice.ts';
import { type StreamEncoder, utf8, type WholeEncoder, type Written } from './encoder.ts';
import { csvRows } from './tables.ts';

/** Files for accounting software. Their texts stay as they are: what imports them runs no formulas (EXP-5). */

type LayOut = (invoice: Invoice) => LaidOut;
type Row = readonly string[];
type Write = (rows: readonly Row[]) => string;

type Table = Written & { table: readonly Row[] };

const laidOutBy = (layOut: LayOut, invoices: readonly Invoice[]): Table => {
  const laidOut = invoices.map((invoice) => ({ invoice, made: layOut(invoice) }));
  const table = laidOut.flatMap(({ made }) => ('rows' in made ? made.rows : []));
  return {
    table,
    rows: table.length,
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
    encode: (invoices) => {
      const { table, ...written } = laidOutBy(layOut, invoices);
      return { ...written, bytes: utf8(write(table)) };
    },
  });

/** One file of all invoices. */
export const csvLayout = inOneFile(csv);
export const barLayout = inOneFile(bar);

/** CSVs of at most so many invoices each. */
export const csvLayoutInFiles = (header: Row, layOut: LayOut, invoicesAtMost: number): WholeEncoder => ({
  kind: 'whole',
  ...{ mediaType: csv.mediaType, extension: csv.extension },
  invoicesAtMost,
  open: () => {
    const rows: Row[] = [header];
    return {
      reads: 'invoices',
      encode: async (invoices) => {
        const { table, ...written } = laidOutBy(layOut, invoices);
        rows.push(...table);
        return written;
      },
      end: async () => utf8(csvRows(rows)),
    };
  },
});
