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

const underWay = async ({ accountId, exportId }: ExportMessage): Promise<Export | undefined> => {
  const stored = await readRecord(table(), exports, accountId, exportId);
  return stored !== undefined && isUnderWay(stored) ? stored : undefined;
};

/** The export, which is shown as running from here on; undefined where it is over. */
const begun = async (message: ExportMessage): Promise<Export | undefined> => {
  const stored = await underWay(message);
  if (stored?.status !== 'queued') return stored;
  try {
    return await saveExport(stored, { ...stored, status: 'running' });
  } catch (error) {
    // Another run of this step was first, or it was cancelled.
    if (error instanceof Stale) return underWay(message);
    throw error;
  }
};

/**
 * Does the next step of an export. May be run twice, at once too: the first to reach the checkpoint wins.
 * @returns `over` where nothing is left to do here
 */
export const runStep = async (message: ExportMessage): Promise<'more' | 'over'> => {
  const stored = await begun(message);
  if (stored === undefined) return 'over';
  try {
    return await step(stored);
  } catch (error) {
    // Another run of the same step was first, or the export was cancelled.
    if (error instanceof Stale) return 'over';
    if (error instanceof Unreadable) return fail(stored, error.message);
    // An upload that was ended by a cancellation, say: no fault of the step.
    if ((await underWay(message)) === undefined) return 'over';
    throw error;
  }
};
