import { handle } from '#functions/http/handler.ts';
import { table } from '#functions/wiring/table.ts';
import { putRecord, readRecord } from '#lib/data/collection.ts';
import { apiKeys } from '#lib/data/collections.ts';
import { hashApiKeySecret, newApiKeySecret } from '#lib/tokens/api-key-secret.ts';
import { showApiKey } from './api-key-answer.ts';
import { createApiKey } from './contract.ts';
import { refuseMoreThanOwn } from './member-answer.ts';

export const handler = handle(createApiKey, {
  run: async ({ caller, body, now, newId, transaction }) => {
    const { name, permissions } = body;
    refuseMoreThanOwn(caller, { role: 'member', permissions });
    const id = newId('key');
    const secret = newApiKeySecret(caller.accountId, id);
    const writes = transaction({ keyId: id });
    const key = putRecord(writes, apiKeys, undefined, {
      ...{ id, accountId: caller.accountId, name, permissions },
      hash: hashApiKeySecret(secret),
      revision: 0,
      createdAt: now,
    });
    await writes.commit();
    return { result: { ...showApiKey(key), secret } };
  },
  // The secret was shown once; it is not kept (API-2, PERM-6).
  replay: async ({ keyId = '' }, { caller }) => {
    const key = await readRecord(table(), apiKeys, caller.accountId, keyId);
    return key && { result: showApiKey(key) };
  },
});
