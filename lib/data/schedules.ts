import * as z from 'zod';
import type { Schedule } from '#lib/domain/exports/schedule.ts';
import { deleteRecord, putRecord } from './collection.ts';
import { schedules } from './collections.ts';
import { dueScheduleKey } from './keys.ts';
import { queryPage, type Table } from './table.ts';
import type { Transaction } from './transaction.ts';

/** Schedules of exports, and the list by which the clock finds those that are due: only active ones stand in it. */

export type ScheduleIds = { accountId: string; scheduleId: string };

const moveDue = (
  transaction: Transaction,
  { accountId, id: scheduleId }: Schedule,
  before: string | undefined,
  after: string | undefined,
): void => {
  if (before === after) return;
  if (before !== undefined) transaction.delete(dueScheduleKey(before, scheduleId));
  if (after !== undefined)
    transaction.put({ ...dueScheduleKey(after, scheduleId), data: { accountId, scheduleId } });
};

/** Adds the write of a schedule, and of its place among those that are due. */
export const putSchedule = (
  transaction: Transaction,
  previous: Schedule | undefined,
  next: Schedule,
): Schedule => {
  moveDue(transaction, next, previous?.wakeAt, next.wakeAt);
  return putRecord(transaction, schedules, previous, next);
};

/** Adds the removal of a schedule. */
export const deleteSchedule = (transaction: Transaction, schedule: Schedule): void => {
  moveDue(transaction, schedule, schedule.wakeAt, undefined);
  deleteRecord(transaction, schedules, schedule);
};

const due = z.object({ accountId: z.string(), scheduleId: z.string() });

/** The schedules that are due at `now`, the longest waiting first, at most `limit`. */
export const schedulesDue = async (table: Table, now: string, limit: number): Promise<ScheduleIds[]> => {
  const { pk, sk: until } = dueScheduleKey(now, '\u{10ffff}');
  const { items } = await queryPage(table, { pk, until, limit });
  return items.map(({ data }) => due.parse(data));
};
