import { handle } from '#functions/http/handler.ts';
import { deleteSchedule } from '#lib/data/schedules.ts';
import { deleteExportSchedule } from './contract.ts';
import { loadSchedule } from './load-schedule.ts';

export const handler = handle(deleteExportSchedule, {
  run: async ({ caller, params, expectVersion, transaction }) => {
    const schedule = await loadSchedule(caller, params.scheduleId);
    expectVersion(schedule.version);
    const writes = transaction();
    deleteSchedule(writes, schedule);
    await writes.commit();
    return {};
  },
});
