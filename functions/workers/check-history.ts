import type { Context } from 'aws-lambda';
import { logger } from '#functions/wiring/logger.ts';
import { table } from '#functions/wiring/table.ts';
import { subjectsARun, walkHistories } from '#lib/data/history-walk.ts';

/** What a page of subjects may take, and the answer. */
const millisecondsLeft = 60_000;
/** The stream's readers try for hours; what was written an hour ago has its history, or waits in the bucket of failures. */
const hoursToCome = 1;
/** Named in the log one by one; the others are counted. */
const named = 20;

/**
 * Compares versions with the history, every night, and writes what of it can be told from the items themselves. The
 * alarm on missing history counts the lines of this log (infra/stacks/operations.ts).
 */
export const handler = async (_event: unknown, context: Context): Promise<void> => {
  const before = new Date(Date.now() - hoursToCome * 3_600_000).toISOString();
  const { missing, mended, subjects, isWhole } = await walkHistories(table(), {
    ...{ before, mostSubjects: subjectsARun },
    goesOn: () => context.getRemainingTimeInMillis() > millisecondsLeft,
  });
  logger.info('histories checked', { subjects, isWhole, missing: missing.length, mended: mended.length });
  if (missing.length + mended.length > 0)
    logger.error('history was missing', {
      count: missing.length + mended.length,
      missing: missing.slice(0, named),
      mended: mended.slice(0, named),
    });
};
