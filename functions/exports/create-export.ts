import { handle } from '#functions/http/handler.ts';
import { table } from '#functions/wiring/table.ts';
import { putRecord, readRecord } from '#lib/data/collection.ts';
import { exports } from '#lib/data/collections.ts';
import { newExport } from '#lib/domain/exports/export.ts';
import { createExport } from './contract.ts';
import { exportOrder } from './export-order.ts';
import { showExport } from './show-export.ts';

/** Writes the job alone: the relay sees it and asks for its first step. */
export const handler = handle(createExport, {
  run: async ({ caller, body, now, newId, transaction }) => {
    const order = await exportOrder(caller, body);
    const id = newId('exp');
    const writes = transaction({ exportId: id });
    const { accountId, actor: createdBy } = caller;
    const job = newExport({ id, accountId, order, createdAt: now, createdBy });
    putRecord(writes, exports, undefined, job);
    await writes.commit();
    return { result: await showExport(job) };
  },
  replay: async ({ exportId = '' }, { caller }) => {
    const job = await readRecord(table(), exports, caller.accountId, exportId);
    return job && { result: await showExport(job) };
  },
});
