import { exported, intraCommunity, reverseCharge } from './french-taxes.ts';
import { item, type Written } from './plan.ts';

/** What the workshop in Lyon writes on its invoices to buyers abroad. */

/** Texts for buyers who do not read French. */
const inEnglish = {
  language: 'en',
  terms: 'Please pay by bank transfer and quote the invoice number.',
  notes: [
    {
      code: 'PMD',
      text: 'Late payment: three times the French statutory rate, and a fixed charge of 40\u00a0€.',
    },
    { code: 'AAB', text: 'No discount for early payment.' },
  ],
} satisfies Partial<Written>;

const goods = { kind: 'goods' } as const;

export const advice = (count: number): Written => ({
  currency: 'EUR',
  title: 'Showroom design',
  ...inEnglish,
  lineItems: [item('Interior design, remote', count, '78', reverseCharge, { unit: 'HUR', kind: 'services' })],
});

export const chairs = (count: number, currency: string, unitPrice: string): Written => ({
  currency,
  title: 'Corvane chairs',
  ...inEnglish,
  lineItems: [
    item('Corvane chair, ash', count, unitPrice, currency === 'EUR' ? intraCommunity : exported, {
      ...{ sku: 'CH-02', ...goods },
    }),
  ],
});

/** A set that leaves the Union, in the buyer's currency. */
export const fitting = (
  currency: string,
  [table, lamp, freight]: [string, string, string],
  more: Pick<Written, 'exchangeRate' | 'purchaseOrderNumber'> = {},
): Written => ({
  ...{ currency, title: 'Lobby furniture', ...inEnglish, ...more },
  lineItems: [
    item('Corvane low table, walnut', 4, table, exported, { sku: 'TL-90', ...goods }),
    item('Reading lamp, turned oak', 12, lamp, exported, { sku: 'LA-11', ...goods }),
  ],
  fees: [{ label: 'Freight and crating', type: 'amount', value: freight, tax: exported }],
});

/** The same for a buyer who reads French. */
export const showcases = (count: number): Written => ({
  currency: 'CHF',
  exchangeRate: '1.0664',
  title: 'Vitrines d’exposition',
  terms: 'Règlement par virement, frais partagés (SHA).',
  lineItems: [item('Vitrine en noyer, verre feuilleté', count, '2140', exported, goods)],
});
