import { type IndexPage, type IndexRange, readIndexPage } from '#lib/data/index-pages.ts';
import type { Table } from '#lib/data/table.ts';
import type { InvoiceHeader } from '#lib/domain/invoice/invoice.ts';

/** An invoice, and where it stands in an order. */
export type Entry = { place: string; header: InvoiceHeader };

/** The work that one call may do: invoices read, and an end in milliseconds of the clock. */
export type Budget = { invoices: number; until: number };

/** All reading of one call: counts what it reads and what that costs. */
export type Reading = {
  page: (range: Omit<IndexRange, 'accountId' | 'measured'>) => Promise<IndexPage>;
  readonly invoices: number;
  readonly capacity: number;
  /** Whether the budget is used up. */
  isSpent: () => boolean;
};

export const startReading = (
  table: Table,
  accountId: string,
  { budget, measured }: { budget: Budget; measured: boolean },
): Reading => {
  let invoices = 0;
  let capacity = 0;
  return {
    page: async (range) => {
      const page = await readIndexPage(table, { ...range, accountId, measured });
      invoices += page.entries.length;
      capacity += page.capacity;
      return page;
    },
    get invoices() {
      return invoices;
    },
    get capacity() {
      return capacity;
    },
    isSpent: () => invoices >= budget.invoices || Date.now() >= budget.until,
  };
};
