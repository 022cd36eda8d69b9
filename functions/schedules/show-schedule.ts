import type * as z from 'zod';
import { shown } from '#functions/http/answer.ts';
import { table } from '#functions/wiring/table.ts';
import { readRecords } from '#lib/data/collection.ts';
import { exports } from '#lib/data/collections.ts';
import { openRuns, runOf, type Schedule } from '#lib/domain/exports/schedule.ts';
import { scheduleAnswer } from './contract.ts';

type Shown = z.output<typeof scheduleAnswer>;

/** Schedules as the API shows them, their runs as they are now: only few are under way. */
export const showSchedules = async (schedules: readonly Schedule[]): Promise<Shown[]> => {
  const open = schedules.flatMap((schedule) =>
    openRuns(schedule).map(({ exportId }): [string, string] => [schedule.accountId, exportId]),
  );
  const jobs = new Map((await readRecords(table(), exports, open)).map((job) => [job.id, job]));
  return schedules.map(({ request, lastRuns, ...schedule }) => {
    const runs = lastRuns.map((run) => {
      const job = jobs.get(run.exportId);
      return job === undefined ? run : runOf(job);
    });
    return shown(scheduleAnswer, { ...schedule, ...request, lastRuns: runs });
  });
};

export const showSchedule = async (schedule: Schedule): Promise<Shown> =>
  (await showSchedules([schedule]))[0] as Shown;
