import type * as z from 'zod';
import { shown } from '#functions/http/answer.ts';
import { exportFiles } from '#functions/wiring/exports.ts';
import { longestLife } from '#lib/documents/document-store.ts';
import { type Export, isUnderWay } from '#lib/domain/exports/export.ts';
import { exportAnswer } from './contract.ts';

/** FEC: what the law calls by that name is the whole ledger of a year. */
const extract =
  'An extract of the sales journal in FEC layout, not a legal FEC, which is the whole ledger of a year.';

const manifestOf = (job: Export) => ({
  ...{ rows: job.rowsDone, totals: job.totals, filterGroups: job.order.filterGroups },
  ...{ invoiceIds: job.order.invoiceIds, columns: job.order.columns, sort: job.order.sort },
  description: job.order.format === 'fec' ? extract : null,
  ...{ skipped: job.skipped, skippedUnlisted: job.skippedUnlisted, unknownIds: job.unknownIds },
  changedSinceExported: job.changedSinceExported,
});

/** How far it is: with the rows of a file that is being made. */
const progressOf = (job: Export, at: number) => {
  const rowsDone = job.rowsDone + (isUnderWay(job) ? (job.progress?.ahead ?? 0) : 0);
  const end = job.finishedAt === undefined ? at : Date.parse(job.finishedAt);
  const seconds = (end - Date.parse(job.createdAt)) / 1_000;
  return { rowsDone, rowsPerSecond: seconds > 0 ? Math.round(rowsDone / seconds) : 0 };
};

/** An export as the API shows it, its files at fresh addresses. */
export const showExport = async (job: Export): Promise<z.output<typeof exportAnswer>> => {
  const now = Date.now();
  const expiresAt = new Date(now + longestLife * 1_000).toISOString();
  const isDone = job.status === 'done';
  const files = await Promise.all(
    (isDone ? job.files : []).map(async ({ key, ...file }) => ({
      ...file,
      ...{ url: await exportFiles().signedUrl(key, file.name), expiresAt },
    })),
  );
  const { format } = job.order;
  return shown(exportAnswer, { ...job, ...progressOf(job, now), format, files, manifest: manifestOf(job) });
};
