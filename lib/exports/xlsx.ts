import { PassThrough } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import ExcelJS from 'exceljs';
import { asText } from '#lib/domain/exports/cell.ts';
import type { CellValue, Column } from '#lib/domain/exports/columns.ts';
import type { InvoiceHeader } from '#lib/domain/invoice/invoice.ts';
import type { WholeEncoder } from './encoder.ts';

/** A workbook with one sheet: numbers, days and yes-or-no as such, the header in view while one scrolls. */

export const xlsxRowsAtMost = 200_000;
/** Digits that a spreadsheet’s numbers hold: an amount of more stays a text. */
const digitsHeld = 15;

type Cell = string | number | boolean | Date | null;

const amountCell = (text: string): Cell =>
  text.replace(/[-.]/g, '').replace(/^0+/, '').length > digitsHeld ? writable(text) : Number(text);

/** The text itself where it is no day: a property that was defined anew keeps its old values. */
const dayCell = (text: string, instant: string): Cell => {
  const day = new Date(instant);
  return Number.isNaN(day.getTime()) ? writable(text) : day;
};

/** Two characters that no XML may hold. */
const writable = (text: string): string => text.replace(/[\ufffe\uffff]/g, '');

const cellOf = (value: CellValue, type: Column['type']): Cell => {
  if (value === null) return null;
  if (type === 'amount' && typeof value === 'string') return amountCell(value);
  if (type === 'date' && typeof value === 'string') return dayCell(value, `${value}T00:00:00Z`);
  if (type === 'instant' && typeof value === 'string') return dayCell(value, value);
  if (typeof value === 'number' || typeof value === 'boolean') return value;
  return writable(asText(value));
};

const amountFormat = (text: string): string => {
  const decimals = text.split('.')[1]?.length ?? 0;
  return decimals === 0 ? '#,##0' : `#,##0.${'0'.repeat(decimals)}`;
};
const formatOf = (value: CellValue, type: Column['type']): string | undefined => {
  if (type === 'amount' && typeof value === 'string') return amountFormat(value);
  if (type === 'date') return 'yyyy-mm-dd';
  return type === 'instant' ? 'yyyy-mm-dd hh:mm:ss' : undefined;
};

/** @param today the account’s day, which what is overdue goes by */
export const xlsxEncoder = (columns: readonly Column[], today: string): WholeEncoder => ({
  kind: 'whole',
  mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  extension: 'xlsx',
  invoicesAtMost: xlsxRowsAtMost,
  open: () => {
    const stream = new PassThrough();
    const whole = buffer(stream);
    const workbook = new ExcelJS.stream.xlsx.WorkbookWriter({ stream, useStyles: true });
    const sheet = workbook.addWorksheet('Invoices', { views: [{ state: 'frozen', ySplit: 1 }] });
    const top = sheet.addRow(columns.map(({ label }) => writable(label)));
    top.font = { bold: true };
    top.commit();
    const add = (header: InvoiceHeader): void => {
      const values = columns.map((column) => column.value(header, today));
      const row = sheet.addRow(values.map((value, index) => cellOf(value, columns[index]?.type ?? 'string')));
      for (const [index, { type }] of columns.entries()) {
        const numFmt = formatOf(values[index] ?? null, type);
        if (numFmt !== undefined) row.getCell(index + 1).numFmt = numFmt;
      }
      row.commit();
    };
    return {
      reads: 'headers',
      encode: async (headers) => {
        for (const header of headers) add(header);
        return { rows: headers.length, exported: headers, skipped: [] };
      },
      end: async () => {
        sheet.commit();
        await workbook.commit();
        return whole;
      },
    };
  },
});
