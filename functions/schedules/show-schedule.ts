import type * as z from 'zod';
import { shown } from '#functions/http/answer.ts';
import { runOf, type Schedule } from '#lib/domain/exports/schedule.ts';
import { scheduleAnswer } from './contract.ts';
import { exportsUnderWay } from './load-schedule.ts';

type Shown = z.output<typeof scheduleAnswer>;

/** Schedules as the API shows them, their runs as they are now. */
export const showSchedules = async (schedules: readonly Schedule[]): Promise<Shown[]> => {
  const jobs = new Map((await exportsUnderWay(schedules)).map((job) => [job.id, job]));
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
