import { handle } from '#functions/http/handler.ts';
import { table } from '#functions/wiring/table.ts';
import { putRecord, readRecord } from '#lib/data/collection.ts';
import { propertyDefinitions } from '#lib/data/collections.ts';
import { maxDefinitions, readPropertyDefinitions } from '#lib/data/property-definitions.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { createInvoiceProperty } from './contract.ts';
import { showCustomProperty } from './show-property.ts';

const taken = (): Refusal =>
  new Refusal('invalid_request', {
    errors: [{ pointer: '/name', code: 'already_defined', detail: 'is the name of a property already' }],
  });

const tooMany = (): Refusal =>
  new Refusal('invalid_request', {
    errors: [
      { pointer: '', code: 'too_many', detail: `the account has ${maxDefinitions} definitions already` },
    ],
  });

export const handler = handle(createInvoiceProperty, {
  run: async ({ caller, body, now, transaction }) => {
    const { accountId } = caller;
    const defined = await readPropertyDefinitions(table(), accountId);
    if (defined.length >= maxDefinitions) throw tooMany();
    // Of two at once, the one that comes second is run again, and meets the first here.
    if (defined.some(({ name }) => name === body.name)) throw taken();
    const writes = transaction({ name: body.name });
    const definition = { ...body, accountId, createdAt: now, revision: 0 };
    putRecord(writes, propertyDefinitions, undefined, definition);
    await writes.commit();
    return { result: showCustomProperty(definition) };
  },
  replay: async ({ name = '' }, { caller }) => {
    const definition = await readRecord(table(), propertyDefinitions, caller.accountId, name);
    return definition && { result: showCustomProperty(definition) };
  },
});
