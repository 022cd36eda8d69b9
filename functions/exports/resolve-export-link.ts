import { secrets } from '#functions/wiring/secrets.ts';
import { table } from '#functions/wiring/table.ts';
import { readRecord } from '#lib/data/collection.ts';
import { exports } from '#lib/data/collections.ts';
import { type Export, linkEnd } from '#lib/domain/exports/export.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { readExportToken } from '#lib/tokens/export-token.ts';

/**
 * The export that a mailed link leads to (EXP-4).
 * @throws Refusal not_found for a malformed or forged link, one that has ended, and one of a deleted export
 */
export const exportOfLink = async (token: string, now: string): Promise<Export> => {
  const ids = readExportToken(token, await secrets());
  const job = ids && (await readRecord(table(), exports, ids.accountId, ids.exportId));
  const endsAt = job && linkEnd(job);
  if (job === undefined || endsAt === undefined || now >= endsAt) throw new Refusal('not_found');
  return job;
};
