import * as z from 'zod';
import type { Settings } from './account/settings.ts';
import { dayIn } from './day.ts';
import { Refusal } from './refusal.ts';

/** The counter behind an account's invoice numbers (NUM). */

const given = z.object({
  counter: z.number(),
  /** As it was written on the invoice. */
  number: z.string(),
});

export const storedCounter = z.object({
  /** Rises with each reset. */
  run: z.number(),
  /** First and last number of the run; absent until one is given. */
  first: given.optional(),
  last: given.optional(),
  /** Finalized invoices that exist: a reset needs 0 (NUM-4). */
  liveFinalized: z.number(),
  /** Invoice date of the last number given (NUM-8). */
  lastInvoiceDate: z.string().optional(),
  /** Revision of the settings that the last number was given under: a later one is given under no earlier ones. */
  settingsRevision: z.number().optional(),
  revision: z.number(),
});
export type Counter = z.infer<typeof storedCounter>;

export const newCounter: Counter = { run: 1, liveFinalized: 0, revision: 0 };

/** A run of numbers, from one reset to the next; `start` and `last` as they were written, `from` and `to` their values. */
export const storedRun = z.object({
  run: z.number(),
  start: z.string(),
  last: z.string().nullable(),
  from: z.number().optional(),
  to: z.number().optional(),
});
export type NumberRun = z.infer<typeof storedRun>;

type Written = Pick<Settings['numbering'], 'prefix' | 'width'>;

/** A counter's value as the account writes it: prefix, then the counter padded to the width (NUM-1). */
export const writeNumber = ({ prefix, width }: Written, counter: number): string =>
  `${prefix}${String(counter).padStart(width, '0')}`;

/** The value of the next number: it follows the last one given, whatever was deleted since (NUM-3). */
export const nextValue = (counter: Counter, { start }: Pick<Settings['numbering'], 'start'>): number =>
  counter.last === undefined ? start : counter.last.counter + 1;

/** Whether a number was given under later settings than these: they are to be read again before the next one. */
export const isOvertaken = ({ revision }: Pick<Settings, 'revision'>, counter: Counter): boolean =>
  revision < (counter.settingsRevision ?? 0);

/** The counter after a number was given to an invoice of that date, under the settings of that revision. */
export const afterGiving = (
  counter: Counter,
  given: { counter: number; number: string; invoiceDate: string; settingsRevision: number },
): Counter => {
  const last = { counter: given.counter, number: given.number };
  return {
    ...counter,
    first: counter.first ?? last,
    last,
    liveFinalized: counter.liveFinalized + 1,
    lastInvoiceDate: given.invoiceDate,
    settingsRevision: given.settingsRevision,
  };
};

type Chronology = Pick<Settings, 'chronologicalNumbers' | 'timeZone'>;

/** NUM-8, with the switch on: whether an invoice date is after today, or before that of the last number given. */
export const isOutOfOrder = (
  { chronologicalNumbers, timeZone }: Chronology,
  { lastInvoiceDate }: Counter,
  invoiceDate: string,
  now: string,
): boolean =>
  chronologicalNumbers &&
  (invoiceDate > dayIn(timeZone, now) || (lastInvoiceDate !== undefined && invoiceDate < lastInvoiceDate));

const outOfOrder = (detail: string, earliestDate: string | undefined): Refusal => {
  const errors = [{ pointer: '/invoiceDate', code: 'out_of_order', detail }];
  return new Refusal('invoice_date_out_of_order', { detail, earliestDate, errors });
};

/** @throws Refusal invoice_date_out_of_order, with the earliest date allowed (NUM-8) */
export const refuseOutOfOrder = (
  account: Chronology,
  counter: Counter,
  invoiceDate: string,
  now: string,
): void => {
  if (!isOutOfOrder(account, counter, invoiceDate, now)) return;
  const today = dayIn(account.timeZone, now);
  const earliestDate = counter.lastInvoiceDate;
  const from = earliestDate === undefined ? 'not' : `from ${earliestDate}, and not`;
  throw outOfOrder(`Numbers follow the invoice dates: ${from} after today, ${today}.`, earliestDate);
};

/** Whether a finalized invoice bears the last number that was given. */
export const isLastGiven = (counter: Counter, invoice: { run: number; counter: number }): boolean =>
  counter.run === invoice.run && counter.last?.counter === invoice.counter;

/**
 * NUM-8 for an edit that gives a finalized invoice another date: that of the last number moves on, up to today; one
 * that a later number follows stays.
 * @throws Refusal invoice_date_out_of_order, with the earliest date allowed
 */
export const refuseRedating = (
  account: Chronology,
  counter: Counter,
  invoice: { run: number; counter: number; invoiceDate: string },
  { invoiceDate, now }: { invoiceDate: string; now: string },
): void => {
  if (isLastGiven(counter, invoice)) {
    refuseOutOfOrder(account, counter, invoiceDate, now);
    return;
  }
  if (!account.chronologicalNumbers) return;
  const stays = invoice.invoiceDate;
  throw outOfOrder(
    `Numbers follow the invoice dates, and a later one was given: the date stays ${stays}.`,
    stays,
  );
};

/** The run that the counter is in, as the audit shows it. */
export const currentRun = (counter: Counter, numbering: Settings['numbering']): NumberRun => ({
  run: counter.run,
  start: counter.first?.number ?? writeNumber(numbering, numbering.start),
  last: counter.last?.number ?? null,
  from: counter.first?.counter,
  to: counter.last?.counter,
});

/**
 * The counter after a reset: a new run if the present one gave numbers (NUM-4).
 * @throws Refusal invoices_exist while a finalized invoice exists
 */
export const afterReset = (counter: Counter): Counter => {
  if (counter.liveFinalized > 0)
    throw new Refusal('invoices_exist', { detail: 'The account has finalized invoices.' });
  return {
    run: counter.last === undefined ? counter.run : counter.run + 1,
    liveFinalized: 0,
    revision: counter.revision,
  };
};

/** What a number in the audit is: the invoice bears it, or it was deleted by somebody, once, for a reason (NUM-7). */
export const storedNumber = z.object({
  run: z.number(),
  counter: z.number(),
  number: z.string(),
  invoiceId: z.string(),
  issuedAt: z.string(),
  status: z.enum(['issued', 'deleted']),
  deletedAt: z.string().optional(),
  deletedBy: z
    .object({ type: z.string(), id: z.string().nullable(), name: z.string().nullable() })
    .optional(),
  reason: z.string().optional(),
});
export type IssuedNumber = z.infer<typeof storedNumber>;

/**
 * Values of a run that nothing accounts for, in one page of its numbers: `after` is the value before the page, and
 * `isLast` tells that the run ends with it.
 */
export const gapsIn = (
  { run, from, to }: NumberRun,
  numbers: readonly IssuedNumber[],
  { after, isLast }: { after: number | undefined; isLast: boolean },
): { run: number; from: number; to: number }[] => {
  if (from === undefined || to === undefined) return [];
  const values = [...numbers.map(({ counter }) => counter), ...(isLast ? [to + 1] : [])];
  let before = after ?? from - 1;
  return values.flatMap((value) => {
    const first = before + 1;
    before = value;
    return first < value ? [{ run, from: first, to: value - 1 }] : [];
  });
};
