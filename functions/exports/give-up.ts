import { logger } from '#functions/wiring/logger.ts';
import type { ExportMessage } from '#functions/wiring/queues.ts';
import { table } from '#functions/wiring/table.ts';
import { readRecord } from '#lib/data/collection.ts';
import { exports } from '#lib/data/collections.ts';
import { isUnderWay } from '#lib/domain/exports/export.ts';
import { saveExport } from './save-export.ts';

/** Ends an export one of whose steps failed again and again, or took too long each time: it does not stay `running`. */
export const giveUp = async ({ accountId, exportId }: ExportMessage): Promise<void> => {
  const stored = await readRecord(table(), exports, accountId, exportId);
  if (stored === undefined || !isUnderWay(stored)) return;
  logger.error('export given up', { accountId, exportId });
  const finishedAt = new Date().toISOString();
  await saveExport(stored, { ...stored, status: 'failed', error: 'step_failed', finishedAt });
};
