import { found, idOf } from '#functions/http/existing.ts';
import { handle } from '#functions/http/handler.ts';
import { table } from '#functions/wiring/table.ts';
import { deleteRecord, readRecord } from '#lib/data/collection.ts';
import { apiKeys } from '#lib/data/collections.ts';
import { deleteApiKey } from './contract.ts';
import { refuseMoreThanOwn } from './member-answer.ts';

export const handler = handle(deleteApiKey, {
  run: async ({ caller, params, transaction }) => {
    const key = found(await readRecord(table(), apiKeys, caller.accountId, idOf('key', params.keyId)));
    refuseMoreThanOwn(caller, { role: 'member', permissions: key.permissions });
    const writes = transaction();
    deleteRecord(writes, apiKeys, key);
    await writes.commit();
    return {};
  },
});
