import { found } from '#functions/http/existing.ts';
import { handle } from '#functions/http/handler.ts';
import { table } from '#functions/wiring/table.ts';
import { deleteRecord, readRecord } from '#lib/data/collection.ts';
import { senderAddresses } from '#lib/data/collections.ts';
import { deleteSenderAddress } from './contract.ts';
import { permissionFor } from './sender-address-access.ts';

export const handler = handle(deleteSenderAddress, {
  run: async ({ caller, params, demand, expectVersion, transaction }) => {
    const address = found(await readRecord(table(), senderAddresses, caller.accountId, params.email));
    demand(permissionFor(caller, address.email));
    expectVersion(address.version);
    const writes = transaction();
    deleteRecord(writes, senderAddresses, address);
    await writes.commit();
    return {};
  },
});
