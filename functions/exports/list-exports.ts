import { handle } from '#functions/http/handler.ts';
import { limitOf, nextCursor, positionOf } from '#functions/http/lists.ts';
import { table } from '#functions/wiring/table.ts';
import { listRecords } from '#lib/data/collection.ts';
import { exports } from '#lib/data/collections.ts';
import { exportKey } from '#lib/data/keys.ts';
import { listExports } from './contract.ts';
import { showExport } from './show-export.ts';

export const handler = handle(listExports, {
  run: async ({ caller, query }) => {
    const { pk } = exportKey(caller.accountId, '');
    const after = await positionOf(query, pk);
    const page = { pk, limit: limitOf(query), after, descending: true };
    const { records, next } = await listRecords(table(), exports, page);
    const data = await Promise.all(records.map(showExport));
    return { result: { data, nextCursor: await nextCursor(next, pk) } };
  },
});
