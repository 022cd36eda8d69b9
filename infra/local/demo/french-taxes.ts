import type { Tax } from './plan.ts';

/** The taxes of a French seller, with the reasons why there is none. */

const vat = (rate: string): Tax => ({ category: 'S', rate });
export const [vat20, vat10, vat55] = [vat('20'), vat('10'), vat('5.5')];
/** Services to a business of another Member State (directive 2006/112/EC, article 196). */
export const reverseCharge: Tax = {
  ...{ category: 'AE', rate: '0', exemptionReasonCode: 'VATEX-EU-AE' },
  exemptionReason: 'Reverse charge',
};
/** Goods to a business of another Member State (article 138). */
export const intraCommunity: Tax = {
  ...{ category: 'K', rate: '0', exemptionReasonCode: 'VATEX-EU-IC' },
  exemptionReason: 'Intra-Community supply',
};
/** Goods that leave the Union (article 146). */
export const exported: Tax = {
  ...{ category: 'G', rate: '0', exemptionReasonCode: 'VATEX-EU-G' },
  exemptionReason: 'Art. 262-I du CGI – directive 2006/112/EC, art. 146',
};
export const training: Tax = {
  ...{ category: 'E', rate: '0', exemptionReasonCode: 'VATEX-EU-132-1I' },
  exemptionReason: 'Formation professionnelle exonérée, art. 261-4-4° a du CGI',
};
export const disbursed: Tax = {
  ...{ category: 'O', rate: '0', exemptionReasonCode: 'VATEX-EU-O' },
  exemptionReason: 'Débours, art. 267-II-2° du CGI',
};
