import { found } from '#functions/http/existing.ts';
import { handle } from '#functions/http/handler.ts';
import { secrets } from '#functions/wiring/secrets.ts';
import { table } from '#functions/wiring/table.ts';
import { putRecord, readRecord } from '#lib/data/collection.ts';
import { senderAddresses } from '#lib/data/collections.ts';
import { Transaction } from '#lib/data/transaction.ts';
import { afterCode, codeRefused, refuseExpired } from '#lib/domain/sending/prove-address.ts';
import { isSenderCode, senderCode } from '#lib/tokens/sender-code.ts';
import { confirmSenderAddress } from './contract.ts';
import { permissionFor } from './sender-address-access.ts';
import { showSenderAddress } from './show-sender-address.ts';

export const handler = handle(confirmSenderAddress, {
  run: async ({ caller, params, body, now, demand, expectVersion, transaction }) => {
    const { accountId } = caller;
    const address = found(await readRecord(table(), senderAddresses, accountId, params.email));
    demand(permissionFor(caller, address.email));
    expectVersion(address.version);
    // Proved already: to prove it again changes nothing.
    if (address.verifiedAt !== undefined)
      return { result: showSenderAddress(address), version: address.version };
    refuseExpired(address, now);
    const { email, challenge } = address;
    const expected = senderCode({ accountId, email, nonce: challenge?.nonce ?? '' }, await secrets());
    const isRight = isSenderCode(body.code, expected);
    const next = afterCode(address, isRight, now);
    // A wrong try is counted, and is no effect that a repeat would replay.
    const writes = isRight ? transaction({ email }) : new Transaction(table());
    putRecord(writes, senderAddresses, address, next);
    await writes.commit();
    if (!isRight) throw codeRefused('wrong_code', 'is not the code that was mailed');
    return { result: showSenderAddress(next), version: next.version };
  },
  replay: async ({ email = '' }, { caller }) => {
    const address = await readRecord(table(), senderAddresses, caller.accountId, email);
    return address && { result: showSenderAddress(address), version: address.version };
  },
});
