import { accountSettings, found, idOf } from '#functions/http/existing.ts';
import { handle } from '#functions/http/handler.ts';
import { table } from '#functions/wiring/table.ts';
import { deleteRecord, readRecord } from '#lib/data/collection.ts';
import { contacts } from '#lib/data/collections.ts';
import { moveContactEmail } from '#lib/data/contact-emails.ts';
import { isNamedByDraft } from '#lib/data/invoice-lists.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { deleteContact } from './contract.ts';

export const handler = handle(deleteContact, {
  run: async ({ caller, params, expectVersion, transaction }) => {
    const { accountId } = caller;
    const contact = found(await readRecord(table(), contacts, accountId, idOf('con', params.contactId)));
    expectVersion(contact.version);
    const { shards } = await accountSettings(accountId);
    if (await isNamedByDraft(table(), 'draftsByContact', accountId, contact.id, shards))
      throw new Refusal('in_use', { detail: 'A draft names it as its billing contact.' });
    const writes = transaction();
    deleteRecord(writes, contacts, contact);
    moveContactEmail(writes, contact, contact.email, undefined);
    await writes.commit();
    return {};
  },
});
