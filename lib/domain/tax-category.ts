import { type Decimal, zero } from './decimal.ts';

/**
 * Tax categories that EN 16931 allows (a subset of UNTDID 5305): standard rate, zero rated, exempt, reverse charge,
 * intra-Community supply, export, outside the scope of tax, IGIC (Canary Islands), IPSI (Ceuta and Melilla).
 */
export const taxCategories = ['S', 'Z', 'E', 'AE', 'K', 'G', 'O', 'L', 'M'] as const;
export type TaxCategory = (typeof taxCategories)[number];

/** EN 16931 BR-AE-5, BR-E-5, BR-G-5, BR-IC-5, BR-Z-5: the rate is 0; BR-O-5: there is none, which is written 0 here. */
const withoutRate: ReadonlySet<TaxCategory> = new Set(['Z', 'E', 'AE', 'K', 'G', 'O']);

export function isTaxCategory(code: string): code is TaxCategory {
  return (taxCategories as readonly string[]).includes(code);
}

/** Whether a category may have this rate, in percent (TOT-6). S, L and M may have any that is not negative. */
export function allowsRate(category: TaxCategory, rate: Decimal): boolean {
  return withoutRate.has(category) ? rate.eq(zero) : rate.cmp(zero) >= 0;
}
