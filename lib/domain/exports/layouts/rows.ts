import { parseDecimal, round, zero } from '#lib/domain/decimal.ts';
import type { SkippedInvoice } from '#lib/domain/exports/export.ts';
import type { Invoice } from '#lib/domain/invoice/invoice.ts';
import type { LineTax } from '#lib/domain/invoice/line-item.ts';

/** An invoice as rows for accounting software: its lines, then its discounts by tax group, then its fees. */

export type LayoutRow = {
  name: string;
  description: string;
  sku: string;
  quantity: string;
  unitPrice: string;
  /** Percent of the line’s own discount, where it is one. */
  discountPercent: string;
  /** Net, in the invoice’s currency; below zero for a discount of the document. */
  amount: string;
  tax: Pick<LineTax, 'category' | 'rate'>;
  taxAmount: string;
};
type Untaxed = Omit<LayoutRow, 'taxAmount'>;

/** What a layout makes of an invoice: its rows, or why it can’t carry it. */
export type LaidOut = { rows: string[][] } | { reason: string };

/** What is sold as one, at its net. */
export const asOne = (amount: string) => ({ quantity: '1', unitPrice: amount, discountPercent: '' });

const single = (name: string, amount: string, tax: Untaxed['tax']): Untaxed => ({
  ...{ name, description: name, sku: '', amount, tax, ...asOne(amount) },
});

const linesOf = ({ lineItems }: Invoice): Untaxed[] =>
  lineItems.map(({ name, description, sku, quantity, unitPrice, discount, amount, tax }) => {
    const shared = { name, description: description ?? name, sku: sku ?? '', amount, tax };
    if (discount === undefined) return { ...shared, quantity, unitPrice, discountPercent: '' };
    if (discount.type === 'percent')
      return { ...shared, quantity, unitPrice, discountPercent: discount.value };
    // No layout knows a discount in an amount.
    return { ...shared, ...asOne(amount) };
  });

const keyOf = ({ category, rate }: Untaxed['tax']): string => `${category} ${parseDecimal(rate)}`;
/** Decimals that an amount is written with. */
export const decimalsIn = (amount: string): number => amount.split('.')[1]?.length ?? 0;
const negative = (amount: string): string => (parseDecimal(amount).eq(zero) ? amount : `-${amount}`);

/** Each row with its tax: those of a tax group add up to the group’s, the last of them takes what is left. */
const taxed = (rows: readonly Untaxed[], { taxes }: Invoice): LayoutRow[] => {
  const left = new Map(taxes.map((group) => [keyOf(group), parseDecimal(group.amount)]));
  const lastOf = new Map(rows.map((row, index) => [keyOf(row.tax), index]));
  return rows.map((row, index) => {
    const key = keyOf(row.tax);
    const rest = left.get(key) ?? zero;
    const decimals = decimalsIn(row.amount);
    const computed = round(
      parseDecimal(row.amount).times(parseDecimal(row.tax.rate)).times('0.01'),
      decimals,
    );
    const share = lastOf.get(key) === index ? rest : computed;
    left.set(key, rest.minus(share));
    return { ...row, taxAmount: share.toFixed(decimals) };
  });
};

export const layoutRows = (invoice: Invoice): LayoutRow[] =>
  taxed(
    [
      ...linesOf(invoice),
      ...invoice.discounts.flatMap(({ label, parts }) =>
        parts.map(({ category, rate, amount }) =>
          single(label ?? 'Discount', negative(amount), { category, rate }),
        ),
      ),
      ...invoice.fees.map(({ label, amount, tax }) => single(label ?? 'Fee', amount, tax)),
    ],
    invoice,
  );

/** `2026-11-24` as the layout writes it. */
export const dayAs = (form: 'MM/DD/YYYY' | 'DD/MM/YYYY' | 'YYYYMMDD', day: string): string => {
  const [year = '', month = '', date = ''] = day.split('-');
  return form.replace('YYYY', year).replace('MM', month).replace('DD', date);
};

export const skippedFor = (invoice: Invoice, reason: string): SkippedInvoice => ({
  ...{ invoiceId: invoice.id, number: invoice.number ?? null, reason },
});
