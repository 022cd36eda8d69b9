import { found, idOf } from '#functions/http/existing.ts';
import { handle } from '#functions/http/handler.ts';
import { table } from '#functions/wiring/table.ts';
import { deleteRecord, putRecord, readRecord } from '#lib/data/collection.ts';
import { exports } from '#lib/data/collections.ts';
import { isUnderWay } from '#lib/domain/exports/export.ts';
import { deleteExport } from './contract.ts';

/** What it leaves in S3 is removed by the clean-up that the relay asks for. */
export const handler = handle(deleteExport, {
  run: async ({ caller, params, now, transaction }) => {
    const exportId = idOf('exp', params.exportId);
    const job = found(await readRecord(table(), exports, caller.accountId, exportId));
    const writes = transaction();
    if (isUnderWay(job)) putRecord(writes, exports, job, { ...job, status: 'cancelled', finishedAt: now });
    else deleteRecord(writes, exports, job);
    await writes.commit();
    return {};
  },
});
