import { table } from '#functions/wiring/table.ts';
import { readRecord } from '#lib/data/collection.ts';
import { contacts } from '#lib/data/collections.ts';
import { Refusal } from '#lib/domain/refusal.ts';

/** A contact that a payment names must be one of the account. @throws Refusal invalid_request with its pointer */
export const refuseUnknownContact = async (
  accountId: string,
  contactId: string | undefined,
): Promise<void> => {
  if (contactId === undefined || (await readRecord(table(), contacts, accountId, contactId)) !== undefined)
    return;
  throw new Refusal('invalid_request', {
    errors: [{ pointer: '/contactId', code: 'not_found', detail: 'is not a contact of this account' }],
  });
};
