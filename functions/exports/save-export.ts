import { table } from '#functions/wiring/table.ts';
import { putRecord } from '#lib/data/collection.ts';
import { exports } from '#lib/data/collections.ts';
import { Transaction } from '#lib/data/transaction.ts';
import type { Export } from '#lib/domain/exports/export.ts';

/** Writes the checkpoint. @throws Stale where the export is not the one that was read any more */
export const saveExport = async (previous: Export, next: Export): Promise<Export> => {
  const writes = new Transaction(table());
  const saved = putRecord(writes, exports, previous, next);
  await writes.commit();
  return saved;
};

/** Notes that all is done. */
export const finishExport = (previous: Export, next: Export): Promise<Export> => {
  const { progress: _progress, ...rest } = next;
  const rowsExpected = next.rowsDone;
  return saveExport(previous, {
    ...rest,
    status: 'done',
    rowsExpected,
    finishedAt: new Date().toISOString(),
  });
};
