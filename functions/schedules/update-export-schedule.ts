import { accountSettings } from '#functions/http/existing.ts';
import { handle } from '#functions/http/handler.ts';
import { putSchedule } from '#lib/data/schedules.ts';
import type { Schedule } from '#lib/domain/exports/schedule.ts';
import { nextDue } from '#lib/exports/cron.ts';
import { type SchedulePatch, updateExportSchedule } from './contract.ts';
import { loadSchedule } from './load-schedule.ts';
import { requestAfter } from './scheduled-request.ts';
import { showSchedule } from './show-schedule.ts';

type Timing = Pick<Schedule, 'cron' | 'timeZone' | 'active' | 'pausedReason' | 'nextRunAt' | 'wakeAt'>;

/** When it is due after the patch: as before, unless the patch has a say in that. */
const timingAfter = async (schedule: Schedule, patch: SchedulePatch, now: string): Promise<Timing> => {
  const { cron = schedule.cron } = patch;
  const timeZone =
    patch.timeZone === undefined
      ? schedule.timeZone
      : (patch.timeZone ?? (await accountSettings(schedule.accountId)).timeZone);
  const active = patch.active === undefined ? schedule.active : (patch.active ?? true);
  const isSame = cron === schedule.cron && timeZone === schedule.timeZone && active === schedule.active;
  const { pausedReason, nextRunAt, wakeAt } = schedule;
  if (isSame) return { cron, timeZone, active, pausedReason, nextRunAt, wakeAt };
  const next = active ? nextDue(cron, timeZone, now) : undefined;
  return { cron, timeZone, active, pausedReason: undefined, nextRunAt: next, wakeAt: next };
};

export const handler = handle(updateExportSchedule, {
  run: async ({ caller, params, body, now, expectVersion, transaction }) => {
    const schedule = await loadSchedule(caller, params.scheduleId);
    expectVersion(schedule.version);
    const request = await requestAfter(caller, schedule.request, body);
    const timing = await timingAfter(schedule, body, now);
    const writes = transaction();
    const next = putSchedule(writes, schedule, {
      ...{ ...schedule, ...timing, request },
      name: body.name ?? schedule.name,
      recipients: body.recipients === undefined ? schedule.recipients : (body.recipients ?? []),
      ...{ version: schedule.version + 1, updatedAt: now },
    });
    await writes.commit();
    return { result: await showSchedule(next), version: next.version };
  },
});
