import { changesBetween, type PropertyChange } from '#lib/domain/history/changes.ts';
import type { Invoice } from './invoice.ts';

/** What every edit raises, and what none can touch: an invoice with payments is not edited (EDIT-2, EDIT-8). */
const shownOf = ({ documentVersion: _version, payments: _payments, seller, ...rest }: Invoice) => ({
  ...rest,
  seller: seller && { ...seller, logoKey: undefined },
});

/**
 * What an edit changed (EDIT-9): header, details, lines (as a whole, before and after) and amounts, in the order of the
 * names. What is absent is null; bookkeeping (versions, stamps, counters) is left out.
 */
export const editChanges = (before: Invoice, after: Invoice): PropertyChange[] =>
  changesBetween(shownOf(before), shownOf(after));
