import { handle } from '#functions/http/handler.ts';
import { limitOf, nextCursor, positionOf } from '#functions/http/lists.ts';
import { table } from '#functions/wiring/table.ts';
import { listRecords } from '#lib/data/collection.ts';
import { senderAddresses } from '#lib/data/collections.ts';
import { senderAddressKey } from '#lib/data/keys.ts';
import { isOpenTo, isSameAddress } from '#lib/domain/sending/sender-address.ts';
import { listSenderAddresses } from './contract.ts';
import { showSenderAddress } from './show-sender-address.ts';

export const handler = handle(listSenderAddresses, {
  run: async ({ caller, query }) => {
    const { pk } = senderAddressKey(caller.accountId, '');
    const after = await positionOf(query, pk);
    const { records, next } = await listRecords(table(), senderAddresses, {
      pk,
      limit: limitOf(query),
      after,
    });
    const { member } = caller;
    const open = records.filter(
      (address) => isOpenTo(address, member?.id) || isSameAddress(member?.email, address.email),
    );
    return { result: { data: open.map(showSenderAddress), nextCursor: await nextCursor(next, pk) } };
  },
});
