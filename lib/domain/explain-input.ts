import type { TotalsInput } from './totals-steps.ts';

type Labelled = { readonly label?: string | undefined };

/** What totals are computed from, with the names that a reader knows the lines, discounts and fees by. */
export type NamedTotalsInput = Omit<TotalsInput, 'lineItems' | 'discounts' | 'fees'> & {
  readonly lineItems: ReadonlyArray<
    TotalsInput['lineItems'][number] & { readonly name?: string | undefined }
  >;
  readonly discounts: ReadonlyArray<TotalsInput['discounts'][number] & Labelled>;
  readonly fees: ReadonlyArray<TotalsInput['fees'][number] & Labelled>;
};
