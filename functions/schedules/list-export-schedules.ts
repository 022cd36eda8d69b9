import { handle } from '#functions/http/handler.ts';
import { limitOf, nextCursor, positionOf } from '#functions/http/lists.ts';
import { table } from '#functions/wiring/table.ts';
import { listRecords } from '#lib/data/collection.ts';
import { schedules } from '#lib/data/collections.ts';
import { scheduleKey } from '#lib/data/keys.ts';
import { listExportSchedules } from './contract.ts';
import { showSchedules } from './show-schedule.ts';

export const handler = handle(listExportSchedules, {
  run: async ({ caller, query }) => {
    const { pk } = scheduleKey(caller.accountId, '');
    const after = await positionOf(query, pk);
    const { records, next } = await listRecords(table(), schedules, { pk, limit: limitOf(query), after });
    return { result: { data: await showSchedules(records), nextCursor: await nextCursor(next, pk) } };
  },
});
