import { type Export, type SkippedInvoice, withSkipped } from '#lib/domain/exports/export.ts';
import { addTotals } from '#lib/domain/exports/totals.ts';
import type { Encoded } from '#lib/exports/encoder.ts';

/** The export with what was read and written counted in. */
export const counted = (
  stored: Export,
  read: { unknownIds: readonly string[]; skipped: readonly SkippedInvoice[]; changed?: readonly string[] },
  encoded: readonly Encoded[],
): Export => ({
  ...stored,
  status: 'running',
  rowsDone: encoded.reduce((sum, { rows }) => sum + rows, stored.rowsDone),
  bytes: encoded.reduce((sum, { bytes }) => sum + bytes.length, stored.bytes),
  totals: addTotals(
    stored.totals,
    encoded.flatMap(({ exported }) => exported),
  ),
  unknownIds: [...stored.unknownIds, ...read.unknownIds],
  changedSinceExported: [...stored.changedSinceExported, ...(read.changed ?? [])],
  ...withSkipped(stored, [...read.skipped, ...encoded.flatMap(({ skipped }) => skipped)]),
});
