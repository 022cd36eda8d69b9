import { handle } from '#functions/http/handler.ts';
import { table } from '#functions/wiring/table.ts';
import { putRecord, readRecord } from '#lib/data/collection.ts';
import { propertyDefinitions } from '#lib/data/collections.ts';
import { maxDefinitions, readPropertyDefinitions } from '#lib/data/property-definitions.ts';
import { Stale } from '#lib/data/transaction.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { createInvoiceProperty } from './contract.ts';
import { showCustomProperty } from './show-property.ts';

const taken = (cause?: unknown): Refusal =>
  new Refusal(
    'invalid_request',
    { errors: [{ pointer: '/name', code: 'already_defined', detail: 'is the name of a property already' }] },
    { cause },
  );

const tooMany = (): Refusal =>
  new Refusal('invalid_request', {
    errors: [
      { pointer: '', code: 'too_many', detail: `the account has ${maxDefinitions} definitions already` },
    ],
  });

export const handler = handle(createInvoiceProperty, {
  run: async ({ caller, body, now, transaction }) => {
    const { accountId } = caller;
    if ((await readPropertyDefinitions(table(), accountId)).length >= maxDefinitions) throw tooMany();
    const writes = transaction({ name: body.name });
    const definition = { ...body, accountId, createdAt: now, revision: 0 };
    putRecord(writes, propertyDefinitions, undefined, definition);
    await writes.commit().catch(async (error) => {
      const isTaken =
        error instanceof Stale && (await readRecord(table(), propertyDefinitions, accountId, body.name));
      throw isTaken ? taken(error) : error;
    });
    return { result: showCustomProperty(definition) };
  },
  replay: async ({ name = '' }, { caller }) => {
    const definition = await readRecord(table(), propertyDefinitions, caller.accountId, name);
    return definition && { result: showCustomProperty(definition) };
  },
});
