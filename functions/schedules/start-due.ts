import type { Caller } from '#functions/http/caller.ts';
import { missingPermission } from '#functions/http/contract.ts';
import { table } from '#functions/wiring/table.ts';
import { putRecord, readRecord } from '#lib/data/collection.ts';
import { apiKeys, exports, members, schedules } from '#lib/data/collections.ts';
import { newId } from '#lib/data/ids.ts';
import { readCounter } from '#lib/data/numbering.ts';
import { putSchedule, type ScheduleIds } from '#lib/data/schedules.ts';
import { Transaction, wasWritten } from '#lib/data/transaction.ts';
import { type Export, type ExportOrder, newExport } from '#lib/domain/exports/export.ts';
import {
  afterStart,
  hasToWait,
  isDue,
  paused,
  postponed,
  type Schedule,
  windowOf,
  withOutcomes,
} from '#lib/domain/exports/schedule.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { nextDue } from '#lib/exports/cron.ts';
import { createExportSchedule } from './contract.ts';
import { exportsUnderWay } from './load-schedule.ts';
import { scheduledOrder } from './scheduled-request.ts';

/** What a schedule's due time starts: once, however many look at it (EXP-4). */

/** Whoever made the schedule, with the permissions that he has now; undefined where he is gone. */
const creatorOf = async ({ accountId, createdBy }: Schedule): Promise<Caller | undefined> => {
  const id = createdBy.id ?? '';
  const actor = { ...createdBy, id };
  if (createdBy.type === 'apiKey') {
    const key = await readRecord(table(), apiKeys, accountId, id);
    return key && { accountId, role: 'member', permissions: key.permissions, actor };
  }
  const member = await readRecord(table(), members, accountId, id);
  return member && { accountId, role: member.role, permissions: member.permissions, actor, member };
};

const save = async (previous: Schedule, next: Schedule): Promise<void> => {
  const writes = new Transaction(table());
  putSchedule(writes, previous, next);
  await writes.commit();
};

const numberReached = async (accountId: string) => {
  const { run, last } = await readCounter(table(), accountId);
  return { run, counter: last?.counter ?? 0 };
};

/** A new export; one that has failed already where what is asked for can't be had any more: its view is gone, say. */
const newRun = async (schedule: Schedule, creator: Caller, now: string): Promise<Export> => {
  const { id: scheduleId, accountId, name, request, recipients, createdBy, nextRunAt: dueAt } = schedule;
  const run = (order: ExportOrder) =>
    newExport({
      ...{ id: newId('exp', now), accountId, order, createdAt: now, createdBy, scheduleId, dueAt },
      mail: { name, to: recipients },
    });
  try {
    const order = await scheduledOrder(creator, request);
    return { ...run(order), window: windowOf(schedule, now, await numberReached(accountId)) };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const { format, filterGroups = [], columns = [], sort = 'createdAt', bom = false } = request;
    const failed = run({ format, filterGroups, columns, sort, bom });
    return { ...failed, status: 'failed', error: error.code, finishedAt: now };
  }
};

const start = async (stored: Schedule, now: string): Promise<void> => {
  const creator = await creatorOf(stored);
  if (creator === undefined) return save(stored, paused(stored, 'creator_removed', now));
  if (missingPermission(createExportSchedule.access, creator) !== undefined)
    return save(stored, paused(stored, 'permission_missing', now));
  const schedule = withOutcomes(stored, await exportsUnderWay([stored]));
  if (hasToWait(schedule)) return save(stored, postponed(schedule, now));
  const job = await newRun(schedule, creator, now);
  const writes = new Transaction(table());
  putRecord(writes, exports, undefined, job);
  putSchedule(writes, stored, afterStart(schedule, job, nextDue(schedule.cron, schedule.timeZone, now)));
  await writes.commit();
};

/**
 * Starts the export of a schedule that is due, and says when it is due again: both in one write, on the schedule as it
 * was read, so that of two who do it at once one does. Due times that passed meanwhile are not made up for.
 */
export const startDue = async ({ accountId, scheduleId }: ScheduleIds, now: string): Promise<void> => {
  const schedule = await readRecord(table(), schedules, accountId, scheduleId);
  if (schedule === undefined || !isDue(schedule, now)) return;
  await wasWritten(start(schedule, now));
};
