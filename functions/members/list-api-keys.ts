import { handle } from '#functions/http/handler.ts';
import { limitOf, nextCursor, positionOf } from '#functions/http/lists.ts';
import { table } from '#functions/wiring/table.ts';
import { listRecords } from '#lib/data/collection.ts';
import { apiKeys } from '#lib/data/collections.ts';
import { apiKeyKey } from '#lib/data/keys.ts';
import { showApiKey } from './api-key-answer.ts';
import { listApiKeys } from './contract.ts';

export const handler = handle(listApiKeys, {
  run: async ({ caller, query }) => {
    const { pk } = apiKeyKey(caller.accountId, '');
    const after = await positionOf(query, pk);
    const { records, next } = await listRecords(table(), apiKeys, { pk, limit: limitOf(query), after });
    return { result: { data: records.map(showApiKey), nextCursor: await nextCursor(next, pk) } };
  },
});
