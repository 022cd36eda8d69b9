import type { Currency } from './money.ts';
import type { InvoiceBody } from './requests.ts';
import { daysAfter, type Invoice, type State, type Written } from './state.ts';

/** What a client writes on an invoice, and what finalizing, editing and cloning make of it. */

/** What is written after a body was merged in (RFC 7396); due date and payment term replace each other. */
export const merged = (invoice: Invoice | undefined, body: InvoiceBody): Written => {
  const { colour: _colour, source: _source, subscriptionId: _id, refreshSeller: _refresh, ...rest } = body;
  const base: Record<string, unknown> = { ...invoice?.written };
  const isFinalized = invoice !== undefined && invoice.status !== 'draft';
  // What followed from a term was not written.
  if (isFinalized && (base.paymentTermDays !== undefined || base.dueFollows)) delete base.dueDate;
  delete base.dueFollows;
  if (rest.dueDate != null) delete base.paymentTermDays;
  if (rest.paymentTermDays != null) delete base.dueDate;
  for (const [name, value] of Object.entries(rest)) {
    if (value === null) delete base[name];
    else base[name] = value;
  }
  // Once finalized, an invoice has a date: without the one that it was given, the one that it has.
  if (isFinalized) base.invoiceDate ??= invoice.written.invoiceDate;
  return { ...base, currency: base.currency as Currency };
};

/** LIFE-8: the two dates of a finalized invoice. */
export const dated = ({ today }: State, written: Written): Written => {
  const invoiceDate = written.invoiceDate ?? today;
  const dueDate = written.dueDate ?? daysAfter(invoiceDate, written.paymentTermDays ?? 0);
  const dueFollows = written.dueDate === undefined && written.paymentTermDays === undefined;
  return { ...written, invoiceDate, dueDate, ...(dueFollows && { dueFollows }) };
};

const daysFrom = (from: string, to: string): number =>
  Math.round((Date.parse(`${to}T12:00:00Z`) - Date.parse(`${from}T12:00:00Z`)) / 86_400_000);

/** LIFE-6: all but the dates; the term is kept, the days between the dates where only these were given. */
export const cloned = ({ invoiceDate, dueDate, dueFollows: _follows, ...written }: Written): Written => {
  if (written.paymentTermDays !== undefined || invoiceDate === undefined || dueDate === undefined)
    return written;
  return { ...written, paymentTermDays: Math.max(0, daysFrom(invoiceDate, dueDate)) };
};
