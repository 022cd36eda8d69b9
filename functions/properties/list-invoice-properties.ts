import { handle } from '#functions/http/handler.ts';
import { table } from '#functions/wiring/table.ts';
import { readPropertyDefinitions } from '#lib/data/property-definitions.ts';
import { headerProperties, operatorsOf } from '#lib/domain/invoice/property-catalogue.ts';
import { columnLabel } from '#lib/domain/wording/columns.ts';
import { listInvoiceProperties } from './contract.ts';
import { showCustomProperty } from './show-property.ts';

const own = headerProperties.map(({ name, type, choices, sortable }) => ({
  ...{ name, type, label: columnLabel(name, 'en'), operators: [...operatorsOf(type)] },
  choices: choices ? [...choices] : null,
  sortable: sortable ?? false,
  custom: false,
}));

export const handler = handle(listInvoiceProperties, {
  run: async ({ caller }) => {
    const custom = (await readPropertyDefinitions(table(), caller.accountId)).map(showCustomProperty);
    return { result: { data: [...own, ...custom], nextCursor: null } };
  },
});
