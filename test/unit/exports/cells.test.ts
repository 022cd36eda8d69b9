import { unzipSync } from 'fflate';
import readXlsxFile from 'read-excel-file/node';
import { describe, expect, it } from 'vitest';
import { csvCell } from '#lib/domain/exports/cell.ts';
import type { Column } from '#lib/domain/exports/columns.ts';
import type { InvoiceHeader } from '#lib/domain/invoice/invoice.ts';
import { xlsxEncoder } from '#lib/exports/xlsx.ts';

const formula = '=HYPERLINK("https://evil.example")';

describe('a cell of a CSV', () => {
  it.each(['number', 'date', 'boolean', 'amount', 'instant'] as const)(
    'EXP-5: guards a text that stands in a column of the type %s',
    (type) => {
      expect(csvCell(formula, type)).toBe(`'${formula}`);
      expect(csvCell('-1+1', type)).toBe("'-1+1");
    },
  );

  it('EXP-5: leaves numbers, days and yes-or-no as they are', () => {
    expect(csvCell('-10.50', 'amount')).toBe('-10.50');
    expect(csvCell(-5e-7, 'number')).toBe('-5e-7');
    expect(csvCell(-5, 'string')).toBe('-5');
    expect(csvCell('2026-11-24', 'date')).toBe('2026-11-24');
    expect(csvCell('2026-11-24T09:30:00.000Z', 'instant')).toBe('2026-11-24T09:30:00.000Z');
    expect(csvCell(true, 'boolean')).toBe('true');
    expect(csvCell('-10.50', 'string')).toBe("'-10.50");
  });

  it.each([
    ['foo;=1+1;bar', "foo;'=1+1;bar"],
    ['foo\t@x', "foo\t'@x"],
    ['foo; "=1+1"', `foo; "'=1+1"`],
    ['foo\n-1+1', "foo\n'-1+1"],
    [';=1', ";'=1"],
    ['=1;+1', "'=1;'+1"],
  ])('EXP-5: guards %j where a spreadsheet parts cells by semicolon or tab', (text, cell) => {
    expect(csvCell(text, 'string')).toBe(cell);
  });

  it.each(['foo; bar', 'a-b; c=d', 'x@example.com; y@example.com', 'plain'])('EXP-5: leaves %j', (text) => {
    expect(csvCell(text, 'string')).toBe(text);
  });
});

describe('a cell of a workbook', () => {
  it.each(['date', 'instant', 'number'] as const)(
    'EXP-2: is the text itself where a column of the type %s has one',
    async (type) => {
      const column: Column = { name: 'x', label: 'x', type, value: () => formula };
      const file = xlsxEncoder([column], '2026-11-24').open();
      if (file.reads !== 'headers') throw new Error('reads headers');
      await file.encode([{} as InvoiceHeader]);
      const bytes = await file.end();
      const read = (await readXlsxFile(Buffer.from(bytes))) as unknown as { data: unknown[][] }[];
      expect(read[0]?.data[1]).toEqual([formula]);
    },
  );

  it('EXP-2: holds no character that no XML may hold', async () => {
    const column: Column = { name: 'x', label: 'a\ufffeb', type: 'string', value: () => 'c\uffffd' };
    const file = xlsxEncoder([column], '2026-11-24').open();
    if (file.reads !== 'headers') throw new Error('reads headers');
    await file.encode([{} as InvoiceHeader]);
    const sheet = unzipSync(await file.end())['xl/worksheets/sheet1.xml'];
    const xml = new TextDecoder().decode(sheet);
    expect(xml).toMatch(/>ab</);
    expect(xml).toMatch(/>cd</);
  });
});
