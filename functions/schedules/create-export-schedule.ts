import { accountSettings } from '#functions/http/existing.ts';
import { handle } from '#functions/http/handler.ts';
import { table } from '#functions/wiring/table.ts';
import { readRecord } from '#lib/data/collection.ts';
import { schedules } from '#lib/data/collections.ts';
import { putSchedule } from '#lib/data/schedules.ts';
import { nextDue } from '#lib/exports/cron.ts';
import { createExportSchedule } from './contract.ts';
import { requestAfter } from './scheduled-request.ts';
import { showSchedule } from './show-schedule.ts';

export const handler = handle(createExportSchedule, {
  run: async ({ caller, body, now, newId, transaction }) => {
    const { accountId, actor: createdBy } = caller;
    const request = await requestAfter(caller, {}, body);
    const { name, cron, recipients } = body;
    const timeZone = body.timeZone ?? (await accountSettings(accountId)).timeZone;
    const active = body.active ?? true;
    const nextRunAt = active ? nextDue(cron, timeZone, now) : undefined;
    const id = newId('sch');
    const writes = transaction({ scheduleId: id });
    const schedule = putSchedule(writes, undefined, {
      ...{ id, accountId, version: 1, revision: 0, name, request, cron, timeZone },
      ...{ recipients: recipients ?? [], active, nextRunAt, wakeAt: nextRunAt, lastRuns: [] },
      ...{ createdAt: now, createdBy, updatedAt: now },
    });
    await writes.commit();
    return { result: await showSchedule(schedule), version: schedule.version };
  },
  replay: async ({ scheduleId = '' }, { caller }) => {
    const schedule = await readRecord(table(), schedules, caller.accountId, scheduleId);
    return schedule && { result: await showSchedule(schedule), version: schedule.version };
  },
});
