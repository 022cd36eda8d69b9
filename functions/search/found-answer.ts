import * as z from 'zod';
import { shown } from '#functions/http/answer.ts';
import { invoiceRow } from '#functions/invoices/invoice-answer.ts';
import { derivedOf } from '#lib/domain/invoice/derive.ts';
import type { InvoiceHeader } from '#lib/domain/invoice/invoice.ts';
import { customPrefix } from '#lib/domain/search/filter.ts';
import { strategies } from '#lib/search/explain-plan.ts';

/** What finding invoices answers: rows with the columns that were asked for. */

const customValues = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]).nullable());
const columnShape = invoiceRow.extend({ customProperties: customValues });

/** A row: `id`, and all header properties or the columns that were named. */
export const foundRow = columnShape.partial().required({ id: true }).meta({ id: 'InvoiceRow' });
export type FoundRow = z.output<typeof foundRow>;

const explanation = z
  .object({
    plan: z
      .object({
        strategy: z.enum(strategies).meta({ description: 'What was done.' }),
        order: z.string().meta({ description: 'The order of the answer.' }),
        pinned: z.array(z.string()).meta({ description: 'Properties whose values name what was read.' }),
        reads: z.array(z.string()).meta({ description: 'What was read of which index.' }),
        shards: z.int().meta({ description: 'How many shards each partition has.' }),
        invoicesRead: z.int().meta({ description: 'Invoices read, found or not.' }),
        note: z.string().nullable().meta({ description: 'What turned out otherwise than planned.' }),
      })
      .meta({ description: 'How the page was found.' }),
    capacity: z.number().meta({ description: 'Read capacity units that the page took.' }),
  })
  .meta({ id: 'SearchExplanation', description: 'With `explain`: the plan chosen and what it cost.' });

export const foundInvoices = z.object({
  data: z.array(foundRow),
  nextCursor: z.string().nullable(),
  complete: z.boolean().meta({
    description:
      'False where finding a whole page would have taken too long: `data` is what was found so far, and `nextCursor` goes on.',
  }),
  explain: explanation.optional(),
});

/** The values of the columns; those of one custom property stand in `customProperties`, null where there is none. */
const inColumns = (row: FoundRow, columns: readonly string[]): FoundRow => {
  const isCustom = (column: string) => column.startsWith(customPrefix);
  const own = columns.filter((column) => !isCustom(column));
  const values = Object.fromEntries(own.map((column) => [column, row[column as keyof FoundRow]]));
  const names = columns.filter(isCustom).map((column) => column.slice(customPrefix.length));
  const custom = new Map(Object.entries(row.customProperties ?? {}));
  const chosen =
    names.length === 0 || own.includes('customProperties')
      ? {}
      : { customProperties: Object.fromEntries(names.map((name) => [name, custom.get(name) ?? null])) };
  return { id: row.id, ...values, ...chosen };
};

/**
 * A header as a row.
 * @param day the account’s day that the search goes by
 * @param columns all header properties where none are named
 */
export const showFound = (header: InvoiceHeader, day: string, columns: readonly string[]): FoundRow => {
  const { customProperties = {} } = header;
  const row = shown(columnShape, { ...header, customProperties, ...derivedOf(header, day) });
  return columns.length === 0 ? row : inColumns(row, columns);
};
