import * as z from 'zod';
import type { HistoryEntry } from '#lib/data/history.ts';
import { actor } from '#lib/domain/actor.ts';
import { changeActions, changeSources } from '#lib/domain/change.ts';
import { id, instant } from '#lib/domain/fields.ts';

/** One change, as the histories of invoices, payments and settings show it (HIST-1, SET-2). */
export const historyEntry = z
  .object({
    id: id('his'),
    at: instant(),
    action: z.enum(changeActions),
    actor,
    source: z.enum(changeSources),
    requestId: z.string().nullable(),
    changes: z.array(z.object({ property: z.string(), from: z.unknown(), to: z.unknown() })),
    reason: z.string().optional(),
    paymentId: z.string().optional(),
    amount: z.string().optional(),
    version: z.int().nullable(),
  })
  .meta({ id: 'HistoryEntry' });

/** An entry as the API shows it. */
export const showHistoryEntry = ({ version, ...entry }: HistoryEntry): z.output<typeof historyEntry> => ({
  ...entry,
  version: version ?? null,
});
