import type { Contact } from '#lib/domain/directory.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { contactEmailKey } from './keys.ts';
import { getItem, type Table } from './table.ts';
import type { Transaction } from './transaction.ts';

/** A contact's address is unique in its account, without regard to case (CON-1): an item of its own keeps it so. */

/** The id of the contact that has the address, or undefined. */
export const contactIdOfEmail = async (
  table: Table,
  accountId: string,
  email: string,
): Promise<string | undefined> => {
  const item = await getItem(table, contactEmailKey(accountId, email));
  return (item?.data as { contactId: string } | undefined)?.contactId;
};

/**
 * Adds what moves a contact from its previous address to the next; either may be none.
 * The transaction is refused with contact_exists where another contact has it.
 */
export const moveContactEmail = (
  transaction: Transaction,
  contact: Pick<Contact, 'id' | 'accountId'>,
  previous: string | undefined,
  next: string | undefined,
): void => {
  if (previous?.toLowerCase() === next?.toLowerCase()) return;
  if (previous !== undefined) transaction.delete(contactEmailKey(contact.accountId, previous));
  if (next === undefined) return;
  transaction.put(
    { ...contactEmailKey(contact.accountId, next), data: { contactId: contact.id } },
    { expression: 'attribute_not_exists(pk)' },
    () => new Refusal('contact_exists', { detail: 'Another contact has this e-mail address.' }),
  );
};
