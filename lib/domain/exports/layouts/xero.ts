import { type Accounting, entryOf } from '#lib/domain/account/accounting.ts';
import { parseDecimal, zero } from '#lib/domain/decimal.ts';
import type { Invoice } from '#lib/domain/invoice/invoice.ts';
import { dayAs, type LaidOut, layoutRows } from './rows.ts';

/** Sales invoices for import in Xero, one row a line; at most 500 invoices a file. */

export const xeroHeader =
  '*ContactName,EmailAddress,POAddressLine1,POAddressLine2,POAddressLine3,POAddressLine4,POCity,PORegion,POPostalCode,POCountry,*InvoiceNumber,Reference,*InvoiceDate,*DueDate,Total,InventoryItemCode,*Description,*Quantity,*UnitAmount,Discount,*AccountCode,*TaxType,TaxAmount,TrackingName1,TrackingOption1,TrackingName2,TrackingOption2,Currency,BrandingTheme'.split(
    ',',
  );
export const xeroInvoicesAtMost = 500;

/** Where the settings say nothing: the codes of Xero’s own default chart. */
const usualAccount = '200';
const usualTaxType = (rate: string): string => (parseDecimal(rate).eq(zero) ? 'Tax Exempt' : 'Tax on Sales');

export const xero = (
  invoice: Invoice,
  { currency, accounting }: { currency: string; accounting: Accounting | undefined },
): LaidOut => {
  if (invoice.currency !== currency && invoice.exchangeRate === undefined)
    return { reason: 'exchange_rate_missing' };
  const { buyer } = invoice;
  const address = invoice.billingAddress ?? buyer?.address ?? {};
  const party = [
    ...[buyer?.name ?? invoice.buyerName ?? '', buyer?.email ?? invoice.buyerEmail ?? ''],
    ...[address.line1, address.line2, address.line3, undefined, address.city, address.region],
    ...[address.postalCode, address.country],
  ];
  const rows = layoutRows(invoice).map((row) => [
    ...party.map((text) => text ?? ''),
    ...[invoice.number ?? '', invoice.purchaseOrderNumber ?? invoice.buyerReference ?? ''],
    ...[dayAs('DD/MM/YYYY', invoice.invoiceDate ?? ''), dayAs('DD/MM/YYYY', invoice.dueDate ?? '')],
    ...[invoice.total, row.sku, row.description, row.quantity, row.unitPrice, row.discountPercent],
    accounting?.xeroAccountCode ?? usualAccount,
    entryOf(accounting?.xeroTaxTypes, row.tax)?.taxType ?? usualTaxType(row.tax.rate),
    ...[row.taxAmount, '', '', '', '', invoice.currency, ''],
  ]);
  return { rows };
};
