import { partBytes } from '#functions/wiring/exports.ts';
import { table } from '#functions/wiring/table.ts';
import { readHeaders, readInvoice } from '#lib/data/invoices.ts';
import type { Settings } from '#lib/domain/account/settings.ts';
import {
  type Export,
  type ExportFormat,
  type ExportProgress,
  isAccounting,
  type SkippedInvoice,
} from '#lib/domain/exports/export.ts';
import type { Invoice, InvoiceHeader } from '#lib/domain/invoice/invoice.ts';
import type { PropertyDefinition } from '#lib/domain/property-definition.ts';
import { checkFilter } from '#lib/domain/search/check-filter.ts';
import { type Condition, type Filter, searchProperty } from '#lib/domain/search/filter.ts';
import { matcherOf } from '#lib/domain/search/match.ts';
import type { Encoder } from '#lib/exports/encoder.ts';
import { findInvoices, usualBudget } from '#lib/search/find-invoices.ts';
import { readSinceLast } from './since-last.ts';

/** An export with all that a step needs to know. */
export type Job = {
  stored: Export;
  progress: ExportProgress;
  account: Settings;
  definitions: readonly PropertyDefinition[];
  encoder: Encoder;
};

/** What is asked for can't be read any more: its message is a stable code. */
export class Unreadable extends Error {
  override readonly name = 'Unreadable';
}

/** Invoices in the order of the export, and where to go on. */
export type Batch = {
  headers: InvoiceHeader[];
  unknownIds: string[];
  skipped: SkippedInvoice[];
  /** Taken by earlier exports and changed since (EXP-8). */
  changed?: string[];
  /** The invoices of the numbers that it went through, where the export goes on by numbers. */
  passed?: InvoiceHeader[];
  progress: Pick<ExportProgress, 'position' | 'taken' | 'isEnd'>;
};

/** Whole invoices and PDFs weigh up to a megabyte each. */
const isHeavy = (format: ExportFormat): boolean => isAccounting(format) || format === 'pdf_zip';
/**
 * Invoices read at once: not many more than make a part. Where headers are enough, more of them: a filter by an equality
 * reads all that it finds for every page.
 */
const atOnce = ({ format }: Export['order']): number =>
  Math.min(isHeavy(format) ? 200 : 2_000, Math.ceil(partBytes() / 100));

const ofSelection = async (
  { stored, progress }: Job,
  ids: readonly string[],
  limit: number,
): Promise<Batch> => {
  const wanted = ids.slice(progress.taken, progress.taken + limit);
  const known = new Map(
    (await readHeaders(table(), stored.accountId, wanted)).map((header) => [header.id, header]),
  );
  const taken = progress.taken + wanted.length;
  return {
    headers: wanted.flatMap((id) => known.get(id) ?? []),
    unknownIds: wanted.filter((id) => !known.has(id)),
    skipped: [],
    progress: { position: progress.position, taken, isEnd: taken >= ids.length },
  };
};

/** @throws Unreadable */
const filterOf = ({ stored, definitions }: Job): Filter => {
  const { filter, faults } = checkFilter(stored.order.filterGroups, definitions);
  if (faults.length > 0) throw new Unreadable('invalid_filter');
  return filter;
};

/** The filter with each of its branches held to what changed within the window (EXP-8). */
const within = (filter: Filter, { window }: Export): Filter => {
  if (window?.kind !== 'changes') return filter;
  const property = searchProperty('updatedAt', []);
  if (property === undefined) throw new Error('invoices have no updatedAt');
  const conditions: Condition[] = [{ property, operator: 'LTE', value: window.to }];
  if (window.from !== undefined) conditions.push({ property, operator: 'GT', value: window.from });
  return filter.length === 0 ? [conditions] : filter.map((branch) => [...branch, ...conditions]);
};

const ofFilter = async (job: Job, limit: number): Promise<Batch> => {
  const { stored, progress, account } = job;
  const { sort } = stored.order;
  const filter = within(filterOf(job), stored);
  const search = { filter, sort: { property: sort, direction: 'asc' as const } };
  const { headers, next } = await findInvoices(table(), search, {
    ...{ accountId: stored.accountId, shards: account.shards, limit, explain: false },
    position: progress.position,
    budget: usualBudget(Date.now()),
  });
  const { taken, position } = progress;
  return {
    headers,
    unknownIds: [],
    skipped: [],
    progress: { position: next ?? position, taken, isEnd: next === undefined },
  };
};

const isDue = ({ status }: InvoiceHeader): boolean => status === 'open' || status === 'paid';
const leftOut = ({ id, number, status }: InvoiceHeader): SkippedInvoice => ({
  ...{ invoiceId: id, number: number ?? null, reason: `invoice_is_${status}` },
});

/** Accounting layouts hold what is owed or paid: of a selection, the others are named. */
const withoutOthers = (batch: Batch, { stored: { order } }: Job): Batch => {
  const isWanted = isAccounting(order.format)
    ? isDue
    : order.format === 'pdf_zip'
      ? ({ status }: InvoiceHeader) => status !== 'draft'
      : () => true;
  const others = order.invoiceIds === undefined ? [] : batch.headers.filter((one) => !isWanted(one));
  return {
    ...batch,
    headers: batch.headers.filter(isWanted),
    skipped: others.map(leftOut),
  };
};

/** The next invoices, at most so many. @throws Unreadable */
export const readBatch = async (job: Job, limit = Number.POSITIVE_INFINITY): Promise<Batch> => {
  const { order, window } = job.stored;
  const { invoiceIds } = order;
  const atMost = Math.min(limit, atOnce(order));
  if (window?.kind === 'numbers')
    return readSinceLast(
      job,
      window,
      atMost,
      matcherOf({ filter: filterOf(job) }, job.progress.position.day),
    );
  const batch =
    invoiceIds === undefined ? await ofFilter(job, atMost) : await ofSelection(job, invoiceIds, atMost);
  return withoutOthers(batch, job);
};

const readsAtOnce = 20;
/**
 * The whole invoices of these headers, in their order, for an accounting layout. What was voided after its header was
 * read is no sale any more: it is named (EXP-2). What was deleted meanwhile is left out.
 */
export const readWhole = async (
  headers: readonly InvoiceHeader[],
): Promise<{ invoices: Invoice[]; skipped: SkippedInvoice[] }> => {
  const invoices: Invoice[] = [];
  for (let first = 0; first < headers.length; first += readsAtOnce) {
    const some = headers.slice(first, first + readsAtOnce);
    const read = await Promise.all(some.map(({ accountId, id }) => readInvoice(table(), accountId, id)));
    invoices.push(...read.flatMap((invoice) => invoice ?? []));
  }
  const voided = invoices.filter((invoice) => !isDue(invoice));
  return { invoices: invoices.filter(isDue), skipped: voided.map(leftOut) };
};
