import type { Caller } from '#functions/http/caller.ts';
import { found, idOf } from '#functions/http/existing.ts';
import { table } from '#functions/wiring/table.ts';
import { readRecord, readRecords } from '#lib/data/collection.ts';
import { exports, schedules } from '#lib/data/collections.ts';
import type { Export } from '#lib/domain/exports/export.ts';
import { openRuns, type Schedule } from '#lib/domain/exports/schedule.ts';

/** @throws Refusal not_found */
export const loadSchedule = async ({ accountId }: Caller, scheduleId: string): Promise<Schedule> =>
  found(await readRecord(table(), schedules, accountId, idOf('sch', scheduleId)));

/** The exports of these schedules whose outcome is not noted yet, as they are now: only few are under way. */
export const exportsUnderWay = (some: readonly Schedule[]): Promise<Export[]> => {
  const ids = some.flatMap((schedule) =>
    openRuns(schedule).map(({ exportId }): [string, string] => [schedule.accountId, exportId]),
  );
  return readRecords(table(), exports, ids);
};
