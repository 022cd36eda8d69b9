import { table } from '#functions/wiring/table.ts';
import { readRecord } from '#lib/data/collection.ts';
import { contacts } from '#lib/data/collections.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { isSameAddress } from '#lib/domain/sending/sender-address.ts';
import { isDeliverable, notDeliverable } from '#lib/email/address.ts';

/**
 * The recipient: the contact's present address, unless another is given (SEND-1, PAY-6).
 * @throws Refusal invalid_request where there is neither
 */
export const recipientOf = async (
  accountId: string,
  contactId: string | undefined,
  given: string | undefined,
): Promise<string> => {
  if (given !== undefined) return given;
  const contact = contactId && (await readRecord(table(), contacts, accountId, contactId));
  if (contact && contact.email !== undefined) return contact.email;
  throw new Refusal('invalid_request', {
    errors: [{ pointer: '/to', code: 'required', detail: 'the contact has no e-mail address' }],
  });
};

/** The copies, each once, without who gets the e-mail anyway. */
export const copiesOf = (to: string, cc: readonly string[]): string[] =>
  cc.filter(
    (address, index) =>
      !isSameAddress(address, to) && cc.findIndex((other) => isSameAddress(other, address)) === index,
  );

/** @throws Refusal invalid_request for each recipient whose address the provider can't be given */
export const refuseUndeliverable = (to: string, cc: readonly string[]): void => {
  const wrong = [
    ...(isDeliverable(to) ? [] : ['/to']),
    ...cc.flatMap((address, index) => (isDeliverable(address) ? [] : [`/cc/${index}`])),
  ];
  const errors = wrong.map((pointer) => ({ pointer, ...notDeliverable }));
  if (errors.length > 0) throw new Refusal('invalid_request', { errors });
};
