import { type Accounting, entryOf } from '#lib/domain/account/accounting.ts';
import { parseDecimal, round } from '#lib/domain/decimal.ts';
import type { Invoice } from '#lib/domain/invoice/invoice.ts';
import { dayAs, type LaidOut, type LayoutRow, layoutRows } from './rows.ts';

/** Invoices for import in QuickBooks Online, one row a line. It computes the tax again. */

const start =
  '*InvoiceNo,*Customer,*InvoiceDate,*DueDate,Terms,Location,Memo,Item(Product/Service),ItemDescription,ItemQuantity,ItemRate,*ItemAmount';
export const quickbooksUsHeader = `${start},Taxable,TaxRate,Service Date`.split(',');
export const quickbooksIntlHeader = `${start},*ItemTaxCode,ItemTaxAmount,Currency,Service Date`.split(',');

const longestNumber = 21;

type Books = { currency: string; decimals: number; accounting: Accounting | undefined };

const shared = (
  invoice: Invoice,
  row: LayoutRow,
  form: 'MM/DD/YYYY' | 'DD/MM/YYYY',
  converted: (amount: string) => string,
): string[] => [
  ...[invoice.number ?? '', invoice.buyer?.name ?? invoice.buyerName ?? ''],
  ...[dayAs(form, invoice.invoiceDate ?? ''), dayAs(form, invoice.dueDate ?? '')],
  ...['', '', invoice.title ?? '', row.name, row.description],
  ...[row.quantity, converted(row.unitPrice), converted(row.amount)],
];

const numberFits = ({ number = '' }: Invoice): boolean => number.length <= longestNumber;

/** The US layout names no currency: amounts of another one are told in the account’s. */
export const quickbooksUs = (invoice: Invoice, { currency, decimals }: Books): LaidOut => {
  if (!numberFits(invoice)) return { reason: 'number_too_long' };
  const rate = invoice.currency === currency ? '1' : invoice.exchangeRate;
  if (rate === undefined) return { reason: 'exchange_rate_missing' };
  const converted = (amount: string): string =>
    invoice.currency === currency
      ? amount
      : round(parseDecimal(amount).times(parseDecimal(rate)), decimals).toFixed(decimals);
  const rows = layoutRows(invoice).map((row) => {
    const isTaxed = !parseDecimal(row.tax.rate).eq('0');
    const tax = isTaxed ? ['Y', `${row.tax.rate}%`] : ['N', ''];
    return [...shared(invoice, row, 'MM/DD/YYYY', converted), ...tax, ''];
  });
  return { rows };
};

export const quickbooksIntl = (invoice: Invoice, { currency, accounting }: Books): LaidOut => {
  if (!numberFits(invoice)) return { reason: 'number_too_long' };
  if (invoice.currency !== currency && invoice.exchangeRate === undefined)
    return { reason: 'exchange_rate_missing' };
  const rows = layoutRows(invoice).map((row) => {
    const { category, rate } = row.tax;
    const code = entryOf(accounting?.quickbooksTaxCodes, row.tax)?.taxCode ?? `${rate}% ${category}`;
    const tax = [code, row.taxAmount, invoice.currency, ''];
    return [...shared(invoice, row, 'DD/MM/YYYY', (amount) => amount), ...tax];
  });
  return { rows };
};
