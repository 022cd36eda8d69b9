import { randomUUID } from 'node:crypto';
import type { Caller } from '#functions/http/caller.ts';
import { handle } from '#functions/http/handler.ts';
import { table } from '#functions/wiring/table.ts';
import { putRecord, readRecord, readRecords } from '#lib/data/collection.ts';
import { codeCounts, members, senderAddresses } from '#lib/data/collections.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { countCode } from '#lib/domain/sending/count-codes.ts';
import { askedFor } from '#lib/domain/sending/prove-address.ts';
import { isSameAddress, type SenderAddress } from '#lib/domain/sending/sender-address.ts';
import { isDeliverable } from '#lib/email/address.ts';
import { createSenderAddress } from './contract.ts';
import { permissionFor } from './sender-address-access.ts';
import { showSenderAddress } from './show-sender-address.ts';

/** Shared as asked, else as it was; one's own address is for oneself, another for the account. */
const sharingOf = (
  { member }: Caller,
  email: string,
  given: SenderAddress['sharedWith'] | undefined,
  known: SenderAddress | undefined,
): SenderAddress['sharedWith'] =>
  given ?? known?.sharedWith ?? (member && isSameAddress(member.email, email) ? [member.id] : 'account');

/** @throws Refusal invalid_request for members that the account has not, with each pointer */
const refuseUnknownMembers = async (
  accountId: string,
  shared: SenderAddress['sharedWith'],
): Promise<void> => {
  if (shared === 'account') return;
  const known = await readRecords(
    table(),
    members,
    shared.map((id): [string, string] => [accountId, id]),
  );
  const errors = shared.flatMap((id, index) =>
    known.some((member) => member.id === id)
      ? []
      : [{ pointer: `/sharedWith/${index}`, code: 'not_found', detail: 'is not a member of this account' }],
  );
  if (errors.length > 0) throw new Refusal('invalid_request', { errors });
};

export const handler = handle(createSenderAddress, {
  run: async ({ caller, body, now, demand, transaction }) => {
    const { accountId, actor } = caller;
    const { email } = body;
    demand(permissionFor(caller, email));
    if (!isDeliverable(email))
      throw new Refusal('invalid_request', {
        errors: [{ pointer: '/email', code: 'not_deliverable', detail: 'can’t be sent from' }],
      });
    const [known, count] = await Promise.all([
      readRecord(table(), senderAddresses, accountId, email),
      readRecord(table(), codeCounts, accountId, email),
    ]);
    const sharedWith = sharingOf(caller, email, body.sharedWith ?? undefined, known);
    await refuseUnknownMembers(accountId, body.sharedWith ?? 'account');
    const asked = {
      accountId,
      email,
      name: body.name ?? undefined,
      sharedWith,
      nonce: randomUUID(),
      at: now,
      by: actor,
    };
    const writes = transaction({ email });
    const address = putRecord(writes, senderAddresses, known, askedFor(known, asked));
    if (address.challenge !== undefined)
      putRecord(writes, codeCounts, count, countCode(count, { accountId, email, at: now }));
    await writes.commit();
    return { result: showSenderAddress(address), version: address.version };
  },
  replay: async ({ email = '' }, { caller }) => {
    const address = await readRecord(table(), senderAddresses, caller.accountId, email);
    return address && { result: showSenderAddress(address), version: address.version };
  },
});
