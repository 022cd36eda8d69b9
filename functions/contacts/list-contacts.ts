import { handle } from '#functions/http/handler.ts';
import { limitOf, nextCursor, positionOf } from '#functions/http/lists.ts';
import { table } from '#functions/wiring/table.ts';
import { listRecords, readRecord } from '#lib/data/collection.ts';
import { contacts } from '#lib/data/collections.ts';
import { contactIdOfEmail } from '#lib/data/contact-emails.ts';
import { contactKey } from '#lib/data/keys.ts';
import type { Contact } from '#lib/domain/directory.ts';
import { listContacts } from './contract.ts';
import { showContact } from './show-directory.ts';

const contactOfEmail = async (accountId: string, email: string): Promise<Contact[]> => {
  const id = await contactIdOfEmail(table(), accountId, email);
  const contact = id === undefined ? undefined : await readRecord(table(), contacts, accountId, id);
  return contact === undefined ? [] : [contact];
};

export const handler = handle(listContacts, {
  run: async ({ caller, query }) => {
    const { pk } = contactKey(caller.accountId, '');
    const after = await positionOf(query, pk);
    if (query.email !== undefined) {
      const data = await contactOfEmail(caller.accountId, query.email);
      return { result: { data: data.map(showContact), nextCursor: null } };
    }
    const { records, next } = await listRecords(table(), contacts, { pk, limit: limitOf(query), after });
    return { result: { data: records.map(showContact), nextCursor: await nextCursor(next, pk) } };
  },
});
