import { accountSettings } from '#functions/http/existing.ts';
import type { ExportMessage } from '#functions/wiring/queues.ts';
import { table } from '#functions/wiring/table.ts';
import { readRecord } from '#lib/data/collection.ts';
import { exports } from '#lib/data/collections.ts';
import { readPropertyDefinitions } from '#lib/data/property-definitions.ts';
import { Stale } from '#lib/data/transaction.ts';
import { dayIn } from '#lib/domain/day.ts';
import { type Export, type ExportProgress, isUnderWay } from '#lib/domain/exports/export.ts';
import { encoderOf } from './encoder-of.ts';
import { type Job, Unreadable } from './read-batch.ts';
import { saveExport } from './save-export.ts';
import { writePart, writeWhole } from './write-file.ts';

/** One step of an export: so much is read as makes one part of a file, or one whole file, and then a checkpoint. */

const atFirst = (day: string): ExportProgress => ({
  position: { day },
  taken: 0,
  isEnd: false,
  file: { rows: 0, bytes: 0 },
});

const jobOf = async (stored: Export): Promise<Job> => {
  const { accountId, order, createdAt } = stored;
  const [account, definitions] = await Promise.all([
    accountSettings(accountId),
    readPropertyDefinitions(table(), accountId),
  ]);
  const progress = stored.progress ?? atFirst(dayIn(account.timeZone, createdAt));
  const encoder = encoderOf(order, { account, definitions, today: progress.position.day });
  return { stored, progress, account, definitions, encoder };
};

const fail = async (stored: Export, error: string): Promise<'over'> => {
  await saveExport(stored, { ...stored, status: 'failed', error, finishedAt: new Date().toISOString() });
  return 'over';
};

const step = async (stored: Export): Promise<'more' | 'over'> => {
  const job = await jobOf(stored);
  return job.encoder.kind === 'stream' ? writePart(job) : writeWhole(job);
};

/**
 * Does the next step of an export. May be run twice, at once too: the first to reach the checkpoint wins.
 * @returns `over` where nothing is left to do here
 */
export const runStep = async ({ accountId, exportId }: ExportMessage): Promise<'more' | 'over'> => {
  const stored = await readRecord(table(), exports, accountId, exportId);
  if (stored === undefined || !isUnderWay(stored)) return 'over';
  try {
    return await step(stored);
  } catch (error) {
    // Another run of the same step was first, or the export was cancelled.
    if (error instanceof Stale) return 'over';
    if (error instanceof Unreadable) return fail(stored, error.message);
    const now = await readRecord(table(), exports, accountId, exportId);
    // An upload that was ended by a cancellation, say: no fault of the step.
    if (now === undefined || !isUnderWay(now)) return 'over';
    throw error;
  }
};
