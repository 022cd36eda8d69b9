import { found, idOf } from '#functions/http/existing.ts';
import { handle } from '#functions/http/handler.ts';
import { table } from '#functions/wiring/table.ts';
import { deleteRecord, putRecord, readRecord } from '#lib/data/collection.ts';
import { exports, schedules } from '#lib/data/collections.ts';
import { putSchedule } from '#lib/data/schedules.ts';
import type { Transaction } from '#lib/data/transaction.ts';
import { type Export, isUnderWay } from '#lib/domain/exports/export.ts';
import { openRuns, withOutcomes } from '#lib/domain/exports/schedule.ts';
import { deleteExport } from './contract.ts';

/** What became of a schedule's run is known to it before the export is gone. */
const noteOutcome = async (writes: Transaction, job: Export): Promise<void> => {
  const { accountId, scheduleId } = job;
  const schedule = scheduleId && (await readRecord(table(), schedules, accountId, scheduleId));
  if (!schedule || !openRuns(schedule).some(({ exportId }) => exportId === job.id)) return;
  putSchedule(writes, schedule, withOutcomes(schedule, [job]));
};

/** What it leaves in S3 is removed by the clean-up that the relay asks for. */
export const handler = handle(deleteExport, {
  run: async ({ caller, params, now, transaction }) => {
    const exportId = idOf('exp', params.exportId);
    const job = found(await readRecord(table(), exports, caller.accountId, exportId));
    const writes = transaction();
    if (isUnderWay(job)) putRecord(writes, exports, job, { ...job, status: 'cancelled', finishedAt: now });
    else {
      deleteRecord(writes, exports, job);
      await noteOutcome(writes, job);
    }
    await writes.commit();
    return {};
  },
});
