import { table } from '#functions/wiring/table.ts';
import { readRecord } from '#lib/data/collection.ts';
import { schedules } from '#lib/data/collections.ts';
import { putSchedule } from '#lib/data/schedules.ts';
import { Transaction } from '#lib/data/transaction.ts';

/** Makes a schedule due since a time that has passed, without waiting for one. */
export const makeDue = async (accountId: string, scheduleId: string, dueAt?: string): Promise<void> => {
  const schedule = await readRecord(table(), schedules, accountId, scheduleId);
  if (schedule === undefined) throw new Error(`no schedule ${scheduleId}`);
  const at = dueAt ?? new Date(Date.now() - 1_000).toISOString();
  const writes = new Transaction(table());
  putSchedule(writes, schedule, { ...schedule, nextRunAt: at, wakeAt: at });
  await writes.commit();
};
