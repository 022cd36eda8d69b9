import { canonicalDecimal, type Decimal, parseDecimal } from './decimal.ts';
import { allowsRate, type TaxCategory } from './tax-category.ts';

/** The tax of a line or a fee; `rate` in percent. */
export type TaxTerms = {
  readonly category: TaxCategory;
  readonly rate: string;
  readonly label?: string | undefined;
  readonly exemptionReasonCode?: string | undefined;
  readonly exemptionReason?: string | undefined;
};

/** What is taxed, with the JSON Pointer of the line or fee. */
export type TaxedAmount = { readonly tax: TaxTerms; readonly amount: Decimal; readonly pointer: string };

/** All that has one category and one rate; `terms.rate` is in its canonical form. */
export type TaxGroup = {
  readonly key: string;
  readonly terms: TaxTerms;
  readonly rate: Decimal;
  readonly amount: Decimal;
  /** What the amount is the sum of, in the order that it was given in. */
  readonly summands: readonly Decimal[];
  /** The first line or fee of the group. */
  readonly pointer: string;
};

/**
 * Sums by category and rate; `20` and `20.00` are one (TOT-2). In the order by which ties are broken (TOT-3) and taxes
 * are listed: category by its code, then the lower rate.
 * @throws RangeError for a rate that the category can't have, which the request's schema refuses (TOT-6).
 */
export function groupByTax(items: readonly TaxedAmount[]): TaxGroup[] {
  const groups = new Map<string, TaxGroup>();
  for (const item of items) {
    const opened = openGroup(item);
    const known = groups.get(opened.key);
    groups.set(opened.key, known === undefined ? opened : join(known, opened));
  }
  return [...groups.values()].sort(compareGroups);
}

function openGroup({ tax, amount, pointer }: TaxedAmount): TaxGroup {
  const rate = parseDecimal(tax.rate);
  if (!allowsRate(tax.category, rate))
    throw new RangeError(`category ${tax.category} at ${tax.rate} percent`);
  const terms = { ...tax, rate: canonicalDecimal(rate) };
  return { key: `${tax.category} ${terms.rate}`, terms, rate, amount, summands: [amount], pointer };
}

function join(known: TaxGroup, next: TaxGroup): TaxGroup {
  return {
    ...known,
    terms: firstTexts(known.terms, next.terms),
    amount: known.amount.plus(next.amount),
    summands: [...known.summands, ...next.summands],
  };
}

/** Of several texts the first. An exemption's code and reason say one thing, so both are taken from the same place. */
function firstTexts(known: TaxTerms, next: TaxTerms): TaxTerms {
  const hasReason = known.exemptionReasonCode !== undefined || known.exemptionReason !== undefined;
  const { exemptionReasonCode, exemptionReason } = hasReason ? known : next;
  return { ...known, label: known.label ?? next.label, exemptionReasonCode, exemptionReason };
}

function compareGroups(a: TaxGroup, b: TaxGroup): number {
  if (a.terms.category !== b.terms.category) return a.terms.category < b.terms.category ? -1 : 1;
  return a.rate.cmp(b.rate);
}
