import * as z from 'zod';
import { parseDecimal } from '#lib/domain/decimal.ts';
import type { InvoiceHeader } from '#lib/domain/invoice/invoice.ts';

/** The totals by currency that a manifest shows (EXP-6). */

const summed = [
  'subtotal',
  'discountTotal',
  'feeTotal',
  'taxTotal',
  'total',
  'amountPaid',
  'balanceDue',
] as const;
type Summed = (typeof summed)[number];

export const storedTotals = z.object({
  currency: z.string(),
  invoices: z.number(),
  ...(Object.fromEntries(summed.map((name) => [name, z.string()])) as Record<Summed, z.ZodString>),
});
export type CurrencyTotals = z.infer<typeof storedTotals>;

/** Decimals as they were written: a sum keeps those of its parts, which are the currency's. */
const added = (left: string, right: string): string => {
  const decimals = right.split('.')[1]?.length ?? 0;
  return parseDecimal(left).plus(parseDecimal(right)).toFixed(decimals);
};

/** The totals with these invoices added; currencies in the order of their codes. */
export const addTotals = (
  totals: readonly CurrencyTotals[],
  headers: readonly Pick<InvoiceHeader, 'currency' | Summed>[],
): CurrencyTotals[] => {
  const byCurrency = new Map(totals.map((entry) => [entry.currency, entry]));
  for (const header of headers) {
    const { currency } = header;
    const before = byCurrency.get(currency);
    const sums = Object.fromEntries(
      summed.map((name) => [name, added(before?.[name] ?? '0', header[name])]),
    ) as Record<Summed, string>;
    byCurrency.set(currency, { currency, invoices: (before?.invoices ?? 0) + 1, ...sums });
  }
  return [...byCurrency.values()].sort((left, right) => (left.currency < right.currency ? -1 : 1));
};
