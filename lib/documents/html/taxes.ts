import type { LineTax, TaxGroup } from '#lib/domain/invoice/line-item.ts';
import type { DocumentReading } from './reading.ts';

type Tax = Pick<LineTax, 'category' | 'label' | 'exemptionReason' | 'exemptionReasonCode'>;

/** "Outside the scope", unexplained, is what a seller has who never said anything about tax: no word on it is right. */
export const saysSomething = (tax: Tax): boolean =>
  tax.category !== 'O' ||
  tax.label !== undefined ||
  tax.exemptionReason !== undefined ||
  tax.exemptionReasonCode !== undefined;

/** Why no tax is due: the seller's own words, else those of the code, else the code. */
export const reasonOf = (group: TaxGroup, { words }: DocumentReading): string | undefined => {
  const { exemptionReason, exemptionReasonCode: code } = group;
  if (exemptionReason !== undefined)
    return code === undefined ? exemptionReason : `${exemptionReason} (${code})`;
  return code && (words.tax.reasons[code] ?? code);
};
