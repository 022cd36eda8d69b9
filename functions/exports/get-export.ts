import { found, idOf } from '#functions/http/existing.ts';
import { handle } from '#functions/http/handler.ts';
import { table } from '#functions/wiring/table.ts';
import { readRecord } from '#lib/data/collection.ts';
import { exports } from '#lib/data/collections.ts';
import { getExport } from './contract.ts';
import { showExport } from './show-export.ts';

export const handler = handle(getExport, {
  run: async ({ caller, params }) => {
    const exportId = idOf('exp', params.exportId);
    const job = found(await readRecord(table(), exports, caller.accountId, exportId));
    return { result: await showExport(job) };
  },
});
