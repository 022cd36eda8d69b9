import { type Accounting, entryOf } from '#lib/domain/account/accounting.ts';
import { parseDecimal, round } from '#lib/domain/decimal.ts';
import type { Invoice } from '#lib/domain/invoice/invoice.ts';
import { asOne, dayAs, decimalsIn, type LaidOut, type LayoutRow, layoutRows } from './rows.ts';

/** Invoices for import in QuickBooks Online, one row a line. It computes the tax again. */

const start =
  '*InvoiceNo,*Customer,*InvoiceDate,*DueDate,Terms,Location,Memo,Item(Product/Service),ItemDescription,ItemQuantity,ItemRate,*ItemAmount';
export const quickbooksUsHeader = `${start},Taxable,TaxRate,Service Date`.split(',');
export const quickbooksIntlHeader = `${start},*ItemTaxCode,ItemTaxAmount,Currency,Service Date`.split(',');

const longestNumber = 21;

type Books = { currency: string; decimals: number; accounting: Accounting | undefined };

/** Amounts of the invoice as the layout tells them: rounded, and to the last digit, which a price by the unit has. */
type Told = { rounded: (amount: string) => string; exact: (amount: string) => string };
const asTheyAre: Told = { rounded: (amount) => amount, exact: (amount) => amount };
const convertedBy = (rate: string, decimals: number): Told => {
  const exactly = (amount: string) => parseDecimal(amount).times(parseDecimal(rate));
  return {
    rounded: (amount) => round(exactly(amount), decimals).toFixed(decimals),
    exact: (amount) => exactly(amount).toFixed(),
  };
};

/** Quantity, rate and amount. There is no column for a discount: what does not multiply out is sold as one, at its net. */
const priced = (row: LayoutRow, { rounded, exact }: Told): string[] => {
  const [amount, rate] = [rounded(row.amount), exact(row.unitPrice)];
  const product = round(parseDecimal(row.quantity).times(parseDecimal(rate)), decimalsIn(amount));
  if (product.eq(parseDecimal(amount))) return [row.quantity, rate, amount];
  const one = asOne(amount);
  return [one.quantity, one.unitPrice, amount];
};

const shared = (
  invoice: Invoice,
  row: LayoutRow,
  form: 'MM/DD/YYYY' | 'DD/MM/YYYY',
  told: Told,
): string[] => [
  ...[invoice.number ?? '', invoice.buyer?.name ?? invoice.buyerName ?? ''],
  ...[dayAs(form, invoice.invoiceDate ?? ''), dayAs(form, invoice.dueDate ?? '')],
  ...['', '', invoice.title ?? '', row.name, row.description],
  ...priced(row, told),
];

const numberFits = ({ number = '' }: Invoice): boolean => number.length <= longestNumber;

/** The US layout names no currency: amounts of another one are told in the account’s. */
export const quickbooksUs = (invoice: Invoice, { currency, decimals }: Books): LaidOut => {
  if (!numberFits(invoice)) return { reason: 'number_too_long' };
  const rate = invoice.currency === currency ? '1' : invoice.exchangeRate;
  if (rate === undefined) return { reason: 'exchange_rate_missing' };
  const told = invoice.currency === currency ? asTheyAre : convertedBy(rate, decimals);
  const rows = layoutRows(invoice).map((row) => {
    const isTaxed = !parseDecimal(row.tax.rate).eq('0');
    const tax = isTaxed ? ['Y', `${row.tax.rate}%`] : ['N', ''];
    return [...shared(invoice, row, 'MM/DD/YYYY', told), ...tax, ''];
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
    return [...shared(invoice, row, 'DD/MM/YYYY', asTheyAre), ...tax];
  });
  return { rows };
};
