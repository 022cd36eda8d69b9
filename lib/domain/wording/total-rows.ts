import type { Invoice } from '#lib/domain/invoice/invoice.ts';
import { exemptionReason, isTelling, type Reading, taxName } from './reading.ts';

/** One row of the totals, as it is read. */
export type TotalRow = { readonly name: string; readonly amount: string; readonly note?: string };

type Amounts = Pick<Invoice, 'subtotal' | 'discounts' | 'fees' | 'taxes' | 'seller'>;

const rateOf = (
  { type, value }: { type: 'percent' | 'amount'; value: string },
  { percent }: Reading,
): string => (type === 'percent' ? ` (${percent(value)})` : '');

/**
 * How the total came about: the subtotal, discounts, fees and taxes by category and rate, each on its base. Nothing,
 * if the total is the subtotal.
 */
export const totalRows = (invoice: Amounts, reading: Reading): TotalRow[] => {
  const { words, money, lessMoney } = reading;
  const rows = [
    ...invoice.discounts.map((discount) => ({
      name: `${discount.label ?? words.discount}${rateOf(discount, reading)}`,
      amount: lessMoney(discount.amount),
    })),
    ...invoice.fees.map((fee) => ({
      name: `${fee.label ?? words.fee}${rateOf(fee, reading)}`,
      amount: money(fee.amount),
    })),
    ...invoice.taxes.filter(isTelling).map((group) => ({
      name: taxName(group, reading, invoice.seller?.vatId !== undefined),
      note: [words.taxOn(money(group.base)), exemptionReason(group, reading)].filter(Boolean).join('. '),
      amount: money(group.amount),
    })),
  ];
  return rows.length === 0 ? [] : [{ name: words.subtotal, amount: money(invoice.subtotal) }, ...rows];
};
