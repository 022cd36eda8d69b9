import { addDays, dayIn, daysBetween } from '#lib/domain/day.ts';
import { parseDecimal, zero } from '#lib/domain/decimal.ts';
import type { InvoiceHeader } from './invoice.ts';

/** What follows from an invoice and the day, and is never stored (LIFE-2). */
export type Derived = { overdue: boolean; daysOverdue: number; partiallyPaid: boolean };

/** @param today the day in the account's time zone: a due date ends there, not at midnight UTC (LIFE-8) */
export const derivedOf = (
  invoice: Pick<InvoiceHeader, 'status' | 'dueDate' | 'amountPaid'>,
  today: string,
): Derived => {
  const overdue = invoice.status === 'open' && invoice.dueDate !== undefined && invoice.dueDate < today;
  return {
    overdue,
    daysOverdue: overdue && invoice.dueDate !== undefined ? daysBetween(invoice.dueDate, today) : 0,
    partiallyPaid: invoice.status === 'open' && parseDecimal(invoice.amountPaid).gt(zero),
  };
};

type Dates = Pick<InvoiceHeader, 'invoiceDate' | 'dueDate' | 'paymentTermDays' | 'followedTermDays'>;

/**
 * The two dates that an invoice finalized today gets (LIFE-8), and the account's term where the due date follows from
 * that: it goes on doing so, whatever the account's term is later, until one is given.
 */
export const datesAtFinalizing = (
  invoice: Dates,
  account: { timeZone: string; paymentTermDays?: number | undefined },
  now: string,
): { invoiceDate: string; dueDate: string; followedTermDays: number | undefined } => {
  const invoiceDate = invoice.invoiceDate ?? dayIn(account.timeZone, now);
  const isGiven = invoice.dueDate !== undefined || invoice.paymentTermDays !== undefined;
  const followedTermDays = isGiven ? undefined : (invoice.followedTermDays ?? account.paymentTermDays ?? 0);
  const termDays = invoice.paymentTermDays ?? followedTermDays ?? 0;
  return { invoiceDate, dueDate: invoice.dueDate ?? addDays(invoiceDate, termDays), followedTermDays };
};
