import { handle } from '#functions/http/handler.ts';
import { table } from '#functions/wiring/table.ts';
import { putRecord, readRecord } from '#lib/data/collection.ts';
import { contacts } from '#lib/data/collections.ts';
import { moveContactEmail } from '#lib/data/contact-emails.ts';
import { withoutNulls } from '#lib/domain/patch.ts';
import { createContact } from './contract.ts';
import { showContact } from './show-directory.ts';
import { refuseUnknownCompany } from './write-contact.ts';

export const handler = handle(createContact, {
  run: async ({ caller, body, now, newId, transaction }) => {
    const { accountId } = caller;
    const written = withoutNulls(body);
    await refuseUnknownCompany(accountId, written.companyId);
    const id = newId('con');
    const writes = transaction({ contactId: id });
    const kept = { id, accountId, version: 1, revision: 0, createdAt: now, updatedAt: now };
    const contact = putRecord(writes, contacts, undefined, { ...written, ...kept });
    moveContactEmail(writes, contact, undefined, contact.email);
    await writes.commit();
    return { result: showContact(contact), version: contact.version };
  },
  replay: async ({ contactId = '' }, { caller }) => {
    const contact = await readRecord(table(), contacts, caller.accountId, contactId);
    return contact && { result: showContact(contact), version: contact.version };
  },
});
