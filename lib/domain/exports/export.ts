import * as z from 'zod';
import { actor } from '#lib/domain/actor.ts';
import { storedTotals } from './totals.ts';

/** An export: a job that is done step by step, each of which may be run twice or die (EXP-3). */

export const exportFormats = [
  'csv',
  'xlsx',
  'ndjson',
  'quickbooks_us',
  'quickbooks_intl',
  'xero',
  'fec',
  'pdf_zip',
] as const;
export type ExportFormat = (typeof exportFormats)[number];

export const exportStatuses = ['queued', 'running', 'done', 'failed', 'cancelled'] as const;
export const exportSorts = ['createdAt', 'number'] as const;

/** The layouts that accounting software imports: of open and paid invoices, line by line. */
export const accountingFormats = ['quickbooks_us', 'quickbooks_intl', 'xero', 'fec'] as const;
export const isAccounting = (format: ExportFormat): boolean =>
  (accountingFormats as readonly string[]).includes(format);

/** What is to be exported, settled when the export is asked for: a view that changes later does not change it. */
export const storedOrder = z.object({
  format: z.enum(exportFormats),
  filterGroups: z.array(z.unknown()),
  /** A selection, in its own order. */
  invoiceIds: z.array(z.string()).optional(),
  columns: z.array(z.string()),
  sort: z.enum(exportSorts),
  bom: z.boolean(),
});
export type ExportOrder = z.infer<typeof storedOrder>;

/** Where the next step begins. */
export const storedProgress = z.object({
  /** Place in the order of the filter; or how many of the selection are dealt with. */
  position: z.object({ day: z.string(), place: z.string().optional(), sweep: z.literal(true).optional() }),
  taken: z.number(),
  /** All rows are read. */
  isEnd: z.boolean(),
  /** Rows in the file that is made as a whole: not done before its end, and written anew if the step dies. */
  ahead: z.number().optional(),
  /** The file that is being written. */
  file: z.object({
    rows: z.number(),
    bytes: z.number(),
    /** Saved state of the hash, base64; none before the first byte. */
    hash: z.string().optional(),
    upload: z.object({ key: z.string(), uploadId: z.string(), parts: z.array(z.string()) }).optional(),
  }),
});
export type ExportProgress = z.infer<typeof storedProgress>;

export const storedFile = z.object({
  name: z.string(),
  key: z.string(),
  sha256: z.string(),
  bytes: z.number(),
  rows: z.number(),
});
export type ExportFile = z.infer<typeof storedFile>;

export const skippedInvoice = z.object({
  invoiceId: z.string(),
  number: z.string().nullable(),
  reason: z.string(),
});
export type SkippedInvoice = z.infer<typeof skippedInvoice>;

/** A place in the order of an account's numbers. */
export const numberPlace = z.object({ run: z.number(), counter: z.number() });

/** The part of an account's invoices that a run of a schedule holds, where it goes on from the last one (EXP-8). */
export const storedWindow = z.discriminatedUnion('kind', [
  /** Each invoice by its number, after `from` (all before, where there is none) and up to `to`. */
  z.object({
    kind: z.literal('numbers'),
    from: numberPlace.optional(),
    to: numberPlace,
    /** The last run that is done. */
    lastDone: z.string().optional(),
  }),
  /** What was created or changed after `from` and up to `to`. */
  z.object({ kind: z.literal('changes'), from: z.string().optional(), to: z.string() }),
]);
export type ExportWindow = z.infer<typeof storedWindow>;

export const storedExport = z.object({
  id: z.string(),
  accountId: z.string(),
  revision: z.number(),
  status: z.enum(exportStatuses),
  order: storedOrder,
  scheduleId: z.string().optional(),
  /** When the schedule was due. */
  dueAt: z.string().optional(),
  window: storedWindow.optional(),
  /** Who is told of it when it is done, and by which name. */
  mail: z.object({ name: z.string(), to: z.array(z.string()) }).optional(),
  rowsDone: z.number(),
  rowsExpected: z.number().nullable(),
  bytes: z.number(),
  progress: storedProgress.optional(),
  files: z.array(storedFile),
  totals: z.array(storedTotals),
  skipped: z.array(skippedInvoice),
  /** Invoices skipped beyond those that are listed. */
  skippedUnlisted: z.number(),
  unknownIds: z.array(z.string()),
  changedSinceExported: z.array(z.string()),
  /** How often it was begun anew, because its upload was lost. */
  restarts: z.number(),
  createdAt: z.string(),
  createdBy: actor,
  finishedAt: z.string().optional(),
  error: z.string().optional(),
});
export type Export = z.infer<typeof storedExport>;

/** Whether there is still work to do. */
export const isUnderWay = ({ status }: Pick<Export, 'status'>): boolean =>
  status === 'queued' || status === 'running';

/** Skipped invoices that are listed at most: the list lies in one item with all else. */
export const listedAtMost = 1_000;

/** The lists with more skipped invoices; beyond `listedAtMost` they are only counted. */
export const withSkipped = (
  { skipped, skippedUnlisted }: Pick<Export, 'skipped' | 'skippedUnlisted'>,
  more: readonly SkippedInvoice[],
): Pick<Export, 'skipped' | 'skippedUnlisted'> => {
  const all = [...skipped, ...more];
  const listed = all.slice(0, listedAtMost);
  return { skipped: listed, skippedUnlisted: skippedUnlisted + all.length - listed.length };
};

/** A selection says how many rows there will be, but in a layout whose rows are lines. */
const expectedOf = ({ format, invoiceIds }: ExportOrder): number | null =>
  isAccounting(format) ? null : (invoiceIds?.length ?? null);

/** A new export, waiting for its first step. */
export const newExport = (given: {
  id: string;
  accountId: string;
  order: ExportOrder;
  createdAt: string;
  createdBy: Export['createdBy'];
  scheduleId?: string | undefined;
  dueAt?: string | undefined;
  window?: Export['window'];
  mail?: Export['mail'];
}): Export => ({
  ...given,
  revision: 0,
  status: 'queued',
  rowsDone: 0,
  rowsExpected: expectedOf(given.order),
  bytes: 0,
  files: [],
  totals: [],
  skipped: [],
  skippedUnlisted: 0,
  unknownIds: [],
  changedSinceExported: [],
  restarts: 0,
});

/** How long the link that is mailed leads to the files, after the export was done (EXP-4). */
const linkDays = 30;

/** When the mailed link ends; undefined for an export that has none. */
export const linkEnd = ({ status, scheduleId, finishedAt }: Export): string | undefined =>
  status === 'done' && scheduleId !== undefined && finishedAt !== undefined
    ? new Date(Date.parse(finishedAt) + linkDays * 86_400_000).toISOString()
    : undefined;
