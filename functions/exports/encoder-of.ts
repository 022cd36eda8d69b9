import type { Settings } from '#lib/domain/account/settings.ts';
import { columnsOf } from '#lib/domain/exports/columns.ts';
import type { ExportOrder } from '#lib/domain/exports/export.ts';
import type { PropertyDefinition } from '#lib/domain/property-definition.ts';
import type { Encoder } from '#lib/exports/encoder.ts';
import { csvEncoder, ndjsonEncoder } from '#lib/exports/tables.ts';

/** How the invoices of an export become files, by its format. */
export const encoderOf = (
  order: ExportOrder,
  given: { account: Settings; definitions: readonly PropertyDefinition[]; today: string },
): Encoder => {
  const { account, definitions, today } = given;
  const columns = columnsOf(order.columns, definitions, account.language);
  switch (order.format) {
    case 'csv':
      return csvEncoder(columns, today, order.bom);
    case 'ndjson':
      return ndjsonEncoder(columns, today);
    default:
      throw new Error(`no encoder of ${order.format}`);
  }
};
