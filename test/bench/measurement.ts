import type { Results } from './figures.ts';

/** How much is measured. */
export type Sizes = {
  /** Invoices finalized by one client, by sixteen, and in bulk. */
  oneByOne: number;
  racing: number;
  inBulk: number;
  /** Invoices of the accounts that are looked through, the smallest first. */
  accounts: readonly number[];
  /** Requests of each kind of page, in each account. */
  pages: number;
  pdfs: number;
  /** Imports of each bundle, each in a process of its own. */
  imports: number;
  openings: number;
};

export const fullSizes: Sizes = {
  ...{ oneByOne: 400, racing: 480, inBulk: 1_000, accounts: [1_000, 10_000, 100_000] },
  ...{ pages: 40, pdfs: 300, imports: 5, openings: 1_600 },
};
/** Enough to see that all works; too little for figures to be quoted. */
export const smallSizes: Sizes = {
  ...{ oneByOne: 60, racing: 64, inBulk: 100, accounts: [1_000, 3_000], pages: 10, pdfs: 30, imports: 1 },
  openings: 320,
};

export type Asked = { sizes: Sizes; progress: (line: string) => void };

/** Measures on a place that was prepared for it and others. */
export type Measurement<Place> = (place: Place, asked: Asked) => Promise<Results>;
