import { found } from '#functions/http/existing.ts';
import { handle } from '#functions/http/handler.ts';
import { table } from '#functions/wiring/table.ts';
import { deleteRecord, readRecord } from '#lib/data/collection.ts';
import { propertyDefinitions } from '#lib/data/collections.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { deleteInvoiceProperty } from './contract.ts';

export const handler = handle(deleteInvoiceProperty, {
  run: async ({ caller, params, transaction }) => {
    // As it was defined, or as filters name it.
    const name = params.name.replace(/^customProperties\./, '');
    // A longer name is no property's, nor any key's.
    if (!/^\w{1,50}$/.test(name)) throw new Refusal('not_found');
    const definition = found(await readRecord(table(), propertyDefinitions, caller.accountId, name));
    const writes = transaction();
    deleteRecord(writes, propertyDefinitions, definition);
    await writes.commit();
    return {};
  },
});
