import { type Export, type SkippedInvoice, withSkipped } from '#lib/domain/exports/export.ts';
import { addTotals } from '#lib/domain/exports/totals.ts';
import type { Written } from '#lib/exports/encoder.ts';

/** The export with the invoices that were read and written counted in. */
export const counted = (
  stored: Export,
  read: { unknownIds: readonly string[]; skipped: readonly SkippedInvoice[]; changed?: readonly string[] },
  written: readonly Written[],
): Export => ({
  ...stored,
  status: 'running',
  rowsDone: written.reduce((sum, { rows }) => sum + rows, stored.rowsDone),
  totals: addTotals(
    stored.totals,
    written.flatMap(({ exported }) => exported),
  ),
  unknownIds: [...stored.unknownIds, ...read.unknownIds],
  changedSinceExported: [...stored.changedSinceExported, ...(read.changed ?? [])],
  ...withSkipped(stored, [...read.skipped, ...written.flatMap(({ skipped }) => skipped)]),
});
