import type { Settings } from '#lib/domain/account/settings.ts';
import { columnsOf } from '#lib/domain/exports/columns.ts';
import type { ExportOrder } from '#lib/domain/exports/export.ts';
import { fec, fecHeader } from '#lib/domain/exports/layouts/fec.ts';
import {
  quickbooksIntl,
  quickbooksIntlHeader,
  quickbooksUs,
  quickbooksUsHeader,
} from '#lib/domain/exports/layouts/quickbooks.ts';
import { xero, xeroHeader, xeroInvoicesAtMost } from '#lib/domain/exports/layouts/xero.ts';
import { decimalsOf } from '#lib/domain/money.ts';
import type { PropertyDefinition } from '#lib/domain/property-definition.ts';
import type { Encoder } from '#lib/exports/encoder.ts';
import { barLayout, csvLayout, csvLayoutInFiles } from '#lib/exports/layouts.ts';
import { csvEncoder, ndjsonEncoder } from '#lib/exports/tables.ts';
import { xlsxEncoder } from '#lib/exports/xlsx.ts';
import { pdfZipEncoder } from './pdf-zip.ts';

/** How the invoices of an export become files, by its format. */
export const encoderOf = (
  order: ExportOrder,
  given: { account: Settings; definitions: readonly PropertyDefinition[]; today: string },
): Encoder => {
  const { account, definitions, today } = given;
  const columns = columnsOf(order.columns, definitions, account.language);
  const { currency, timeZone, accounting } = account;
  const books = { currency, timeZone, accounting, decimals: decimalsOf(currency) };
  switch (order.format) {
    case 'csv':
      return csvEncoder(columns, today, order.bom);
    case 'ndjson':
      return ndjsonEncoder(columns, today);
    case 'xlsx':
      return xlsxEncoder(columns, today);
    case 'pdf_zip':
      return pdfZipEncoder();
    case 'quickbooks_us':
      return csvLayout(quickbooksUsHeader, (invoice) => quickbooksUs(invoice, books));
    case 'quickbooks_intl':
      return csvLayout(quickbooksIntlHeader, (invoice) => quickbooksIntl(invoice, books));
    case 'xero':
      return csvLayoutInFiles(xeroHeader, (invoice) => xero(invoice, books), xeroInvoicesAtMost);
    case 'fec':
      return barLayout(fecHeader, (invoice) => fec(invoice, books));
  }
};
