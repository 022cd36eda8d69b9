import * as z from 'zod';
import { actor } from '#lib/domain/actor.ts';
import {
  type Export,
  exportFormats,
  exportSorts,
  exportStatuses,
  isAccounting,
  isUnderWay,
  numberPlace,
} from './export.ts';

/** An export that is made again and again, by a cron expression (EXP-4). */

/** What is to be exported, as it was asked for: a view is looked up anew at each run. */
export const storedRequest = z.object({
  format: z.enum(exportFormats),
  filterGroups: z.array(z.unknown()).optional(),
  viewId: z.string().optional(),
  invoiceIds: z.array(z.string()).optional(),
  columns: z.array(z.string()).optional(),
  sort: z.enum(exportSorts).optional(),
  bom: z.boolean().optional(),
  since: z.literal('last').optional(),
});
export type ScheduledRequest = z.infer<typeof storedRequest>;

/** Why a schedule was paused by the service (EXP-4). */
export const pauseReasons = ['creator_removed', 'permission_missing'] as const;
export type PauseReason = (typeof pauseReasons)[number];

/** One export that the schedule started; its outcome is noted here when the next is started, or it is deleted. */
export const storedScheduleRun = z.object({
  exportId: z.string(),
  dueAt: z.string(),
  startedAt: z.string(),
  status: z.enum(exportStatuses),
  rows: z.number().nullable(),
  finishedAt: z.string().nullable(),
  error: z.string().nullable(),
});
export type ScheduleRun = z.infer<typeof storedScheduleRun>;

export const storedSchedule = z.object({
  id: z.string(),
  accountId: z.string(),
  version: z.number(),
  revision: z.number(),
  name: z.string(),
  request: storedRequest,
  cron: z.string(),
  timeZone: z.string(),
  recipients: z.array(z.string()),
  active: z.boolean(),
  pausedReason: z.enum(pauseReasons).optional(),
  /** The next due time; none while it is not active. */
  nextRunAt: z.string().optional(),
  /** When the clock looks at it: at the due time, later where the run before has to end first. */
  wakeAt: z.string().optional(),
  /** The newest first. */
  lastRuns: z.array(storedScheduleRun),
  /** How far the runs that are done have come (EXP-8). */
  reached: z
    .object({ exportId: z.string(), number: numberPlace.optional(), until: z.string().optional() })
    .optional(),
  createdAt: z.string(),
  createdBy: actor,
  updatedAt: z.string(),
});
export type Schedule = z.infer<typeof storedSchedule>;

/** Runs that a schedule lists. */
const runsListed = 20;

/** The run of an export, as it is now. */
export const runOf = (job: Export): ScheduleRun => ({
  ...{ exportId: job.id, dueAt: job.dueAt ?? job.createdAt, startedAt: job.createdAt, status: job.status },
  rows: job.status === 'done' ? job.rowsDone : null,
  ...{ finishedAt: job.finishedAt ?? null, error: job.error ?? null },
});

const reachedBy = ({ reached }: Pick<Schedule, 'reached'>, job: Export): Schedule['reached'] => {
  if (job.status !== 'done' || job.window === undefined) return reached;
  const { window, id: exportId } = job;
  const kept = { number: reached?.number, until: reached?.until };
  return window.kind === 'numbers'
    ? { ...kept, exportId, number: window.to }
    : { ...kept, exportId, until: window.to };
};

/** The runs whose outcome is not noted yet. */
export const openRuns = ({ lastRuns }: Pick<Schedule, 'lastRuns'>): ScheduleRun[] =>
  lastRuns.filter(isUnderWay);

/**
 * The schedule with the outcomes of these exports noted. Only what is done moves on where the next run goes on from: the
 * window of a run that failed or was cancelled is a part of the next one's (EXP-8).
 */
export const withOutcomes = (schedule: Schedule, jobs: readonly Export[]): Schedule => {
  const open = new Set(openRuns(schedule).map(({ exportId }) => exportId));
  const news = jobs.filter((job) => open.has(job.id) && !isUnderWay(job));
  return {
    ...schedule,
    lastRuns: schedule.lastRuns.map((run) => {
      const job = news.find(({ id }) => id === run.exportId);
      return job === undefined ? run : runOf(job);
    }),
    reached: news
      .toSorted((left, right) => (left.id < right.id ? -1 : 1))
      .reduce((reached, job) => reachedBy({ reached }, job), schedule.reached),
  };
};

/** Whether the clock has to start an export now. */
export const isDue = ({ active, nextRunAt, wakeAt }: Schedule, now: string): boolean =>
  active && nextRunAt !== undefined && wakeAt !== undefined && wakeAt <= now;

/** A run goes on where the last one that is done came to: it can't begin before that is known (EXP-8). */
export const hasToWait = (schedule: Schedule): boolean =>
  schedule.request.since === 'last' && openRuns(schedule).length > 0;

/** How long a window stays open after its end: whatever was begun before is written by then. */
const lateMilliseconds = 60_000;

/** What a run of a schedule that goes on from the last one is to hold (EXP-8); undefined for one that holds all. */
export const windowOf = (
  { request, reached }: Schedule,
  now: string,
  lastNumber: z.infer<typeof numberPlace>,
): Export['window'] => {
  if (request.since !== 'last') return undefined;
  if (isAccounting(request.format))
    return { kind: 'numbers', from: reached?.number, to: lastNumber, lastDone: reached?.exportId };
  const to = new Date(Date.parse(now) - lateMilliseconds).toISOString();
  return { kind: 'changes', from: reached?.until, to };
};

/** The schedule after it started an export; `nextRunAt` is when it is due again. */
export const afterStart = (schedule: Schedule, job: Export, nextRunAt: string | undefined): Schedule => ({
  ...schedule,
  ...{ nextRunAt, wakeAt: nextRunAt, active: nextRunAt !== undefined },
  lastRuns: [runOf(job), ...schedule.lastRuns].slice(0, runsListed),
});

/** The schedule that waits for its creator's permissions to come back (EXP-4). */
export const paused = (schedule: Schedule, pausedReason: PauseReason, now: string): Schedule => ({
  ...schedule,
  ...{ active: false, pausedReason, nextRunAt: undefined, wakeAt: undefined },
  ...{ version: schedule.version + 1, updatedAt: now },
});

/** Looked at again in a minute; it is still due since the same time. */
export const postponed = (schedule: Schedule, now: string): Schedule => ({
  ...schedule,
  wakeAt: new Date(Date.parse(now) + 60_000).toISOString(),
});
