import type { Context } from 'aws-lambda';
import { startDue } from '#functions/schedules/start-due.ts';
import { describeError, logger } from '#functions/wiring/logger.ts';
import { table } from '#functions/wiring/table.ts';
import { schedulesDue } from '#lib/data/schedules.ts';

/** Schedules that one run looks after at most, a few at a time; the next run goes on. */
const schedulesARun = 500;
const atOnce = 5;
const millisecondsForOne = 5_000;

/** Starts the exports that are due (EXP-4). What fails now is due still, and comes again with the next run. */
export const handler = async (_event: unknown, context: Context): Promise<void> => {
  const due = await schedulesDue(table(), new Date().toISOString(), schedulesARun);
  while (due.length > 0 && context.getRemainingTimeInMillis() > 2 * millisecondsForOne) {
    const started = due.splice(0, atOnce).map((ids) =>
      startDue(ids, new Date().toISOString()).catch((error) => {
        logger.error('work failed', { worker: 'run-schedules', ...ids, error: describeError(error) });
      }),
    );
    await Promise.all(started);
  }
};
