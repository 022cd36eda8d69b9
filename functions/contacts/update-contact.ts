import { found, idOf } from '#functions/http/existing.ts';
import { parseOrRefuse } from '#functions/http/faults.ts';
import { handle } from '#functions/http/handler.ts';
import { table } from '#functions/wiring/table.ts';
import { putRecord, readRecord } from '#lib/data/collection.ts';
import { contacts } from '#lib/data/collections.ts';
import { moveContactEmail } from '#lib/data/contact-emails.ts';
import { type Contact, contactRequest } from '#lib/domain/directory.ts';
import { mergePatch, withoutNulls } from '#lib/domain/patch.ts';
import { updateContact } from './contract.ts';
import { showContact } from './show-directory.ts';
import { refuseUnknownCompany } from './write-contact.ts';

const patched = (contact: Contact, patch: object, now: string): Contact => {
  const { id, accountId, version, revision, createdAt, updatedAt: _updatedAt, ...written } = contact;
  const next = withoutNulls(parseOrRefuse(contactRequest, mergePatch(written, patch)));
  return { ...next, id, accountId, revision, createdAt, version: version + 1, updatedAt: now };
};

export const handler = handle(updateContact, {
  run: async ({ caller, params, body, now, expectVersion, transaction }) => {
    const id = idOf('con', params.contactId);
    const contact = found(await readRecord(table(), contacts, caller.accountId, id));
    expectVersion(contact.version);
    const next = patched(contact, body, now);
    if (next.companyId !== contact.companyId) await refuseUnknownCompany(caller.accountId, next.companyId);
    const writes = transaction();
    putRecord(writes, contacts, contact, next);
    moveContactEmail(writes, contact, contact.email, next.email);
    await writes.commit();
    return { result: showContact(next), version: next.version };
  },
});
