import { handle } from '#functions/http/handler.ts';
import { getExportSchedule } from './contract.ts';
import { loadSchedule } from './load-schedule.ts';
import { showSchedule } from './show-schedule.ts';

export const handler = handle(getExportSchedule, {
  run: async ({ caller, params }) => {
    const schedule = await loadSchedule(caller, params.scheduleId);
    return { result: await showSchedule(schedule), version: schedule.version };
  },
});
