import { found, idOf } from '#functions/http/existing.ts';
import { handle } from '#functions/http/handler.ts';
import { table } from '#functions/wiring/table.ts';
import { readRecord } from '#lib/data/collection.ts';
import { contacts } from '#lib/data/collections.ts';
import { getContact } from './contract.ts';
import { showContact } from './show-directory.ts';

export const handler = handle(getContact, {
  run: async ({ caller, params }) => {
    const id = idOf('con', params.contactId);
    const contact = found(await readRecord(table(), contacts, caller.accountId, id));
    return { result: showContact(contact), version: contact.version };
  },
});
