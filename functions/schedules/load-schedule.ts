import type { Caller } from '#functions/http/caller.ts';
import { found, idOf } from '#functions/http/existing.ts';
import { table } from '#functions/wiring/table.ts';
import { readRecord } from '#lib/data/collection.ts';
import { schedules } from '#lib/data/collections.ts';
import type { Schedule } from '#lib/domain/exports/schedule.ts';

/** @throws Refusal not_found */
export const loadSchedule = async ({ accountId }: Caller, scheduleId: string): Promise<Schedule> =>
  found(await readRecord(table(), schedules, accountId, idOf('sch', scheduleId)));
