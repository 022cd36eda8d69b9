import type { LineItem } from '#lib/domain/invoice/line-item.ts';
import type { Reading } from './reading.ts';

type PricedLine = Pick<LineItem, 'quantity' | 'unit' | 'unitPrice' | 'discount'>;

/** A line's own discount, `Discount 10%`. */
export const lineDiscount = (
  { discount }: Pick<LineItem, 'discount'>,
  { words, percent, lessMoney }: Reading,
): string | undefined =>
  discount &&
  words.lineDiscount(discount.type === 'percent' ? percent(discount.value) : lessMoney(discount.value));

/** How a line's amount comes about: `12 hours × €120.00, Discount 10%`. */
export const lineReckoning = (line: PricedLine, reading: Reading): string =>
  [
    `${reading.quantity(line.quantity, line.unit)} × ${reading.money(line.unitPrice)}`,
    lineDiscount(line, reading),
  ]
    .filter(Boolean)
    .join(' · ');
