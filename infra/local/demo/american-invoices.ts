import {
  type DemoInvoice,
  draft,
  invoice,
  item,
  open,
  paid,
  partlyPaid,
  type Tax,
  voided,
  type Written,
} from './plan.ts';

const newYork: Tax = { category: 'S', rate: '8.875', label: 'NYC sales tax' };
const newJersey: Tax = { category: 'S', rate: '6.625', label: 'NJ sales tax' };
const food: Tax = { category: 'Z', rate: '0', label: 'Food, not taxable' };
const resale: Tax = { category: 'E', rate: '0', exemptionReason: 'Resale certificate ST-120 on file' };
const exempt: Tax = { category: 'E', rate: '0', exemptionReason: 'Exempt organization, ST-119.1 on file' };
const shipped: Tax = { category: 'G', rate: '0', exemptionReason: 'Shipped abroad' };

const pounds = { unit: 'LBR', kind: 'goods' } as const;
const goods = { kind: 'goods' } as const;

const beans = (count: number, tax: Tax, more: Partial<Written> = {}): Written => ({
  currency: 'USD',
  title: 'Whole bean coffee',
  lineItems: [
    item('Wythe Yard espresso blend', count, '11.85', tax, { sku: 'HP-ESP', ...pounds }),
    item('Huila single origin', Math.ceil(count / 2), '14.20', tax, { sku: 'HP-HUI', ...pounds }),
  ],
  ...more,
});

const machine = (tax: Tax, purchaseOrderNumber: string): Written => ({
  currency: 'USD',
  title: 'Espresso bar',
  purchaseOrderNumber,
  lineItems: [
    item('Two-group espresso machine', 1, '8450', tax, { sku: 'HP-2G', ...goods }),
    item('On-demand grinder', 2, '1180', tax, {
      ...{ sku: 'HP-GR', ...goods },
      discount: { type: 'amount', value: '160' },
    }),
    item('Installation and barista training', 6, '95', tax, { unit: 'HUR', kind: 'services' }),
  ],
  fees: [{ label: 'Freight', type: 'amount', value: '240', tax }],
});

const service = (tax: Tax): Written => ({
  currency: 'USD',
  title: 'Machine service',
  lineItems: [
    item('Preventive maintenance', '3.5', '95', tax, { unit: 'HUR', kind: 'services' }),
    item('Gasket and screen kit', 2, '38.40', tax, goods),
  ],
});

const abroad = (
  currency: string,
  count: number,
  exchangeRate: string,
  more: Partial<Written> = {},
): Written => ({
  ...{ currency, exchangeRate, title: 'Green coffee' },
  lineItems: [item('Huila, washed, 70 kg bag', count, '512.50', shipped, { unit: 'XBG', ...goods })],
  fees: [{ label: 'Export documents', type: 'amount', value: '65', tax: shipped }],
  ...more,
});

const inFrench: Partial<Written> = {
  ...{ language: 'fr', locale: 'fr-CA', title: 'Café vert' },
  terms: 'Payable à 14 jours, par virement, en rappelant le numéro de la facture.',
  notes: [{ code: 'PMD', text: 'Intérêts de retard : 1\u00a0% par mois.' }],
};

/** The last months of the roaster in Brooklyn, oldest first; terms are 14 days. */
export const americanInvoices = (): DemoInvoice[] => [
  invoice('fennimore', 92, paid(12, 'ach'), beans(120, resale)),
  invoice('larkspur', 81, paid(20, 'wire_transfer'), machine(newYork, 'LKS-3301')),
  invoice('pemberton', 70, paid(14, 'wire_transfer'), abroad('GBP', 6, '1.3124')),
  invoice('lindqvist', 63, paid(1, 'card'), beans(4, food)),
  invoice('tidewater', 51, partlyPaid('4000.00', 18, 'ach'), machine(newJersey, 'TW-118'), { sent: true }),
  invoice('fennimore', 44, paid(13, 'ach'), beans(140, resale)),
  invoice(
    'ostrander',
    37,
    open,
    beans(24, exempt, { discounts: [{ label: 'School rate', type: 'percent', value: '10' }] }),
    { sent: true },
  ),
  invoice('larkspur', 33, voided('Service visit was cancelled'), service(newYork)),
  invoice('adele', 26, open, abroad('CAD', 4, '0.7132', inFrench)),
  invoice('tidewater', 19, open, service(newJersey)),
  invoice('larkspur', 9, open, service(newYork), { sent: true }),
  invoice('fennimore', 6, open, beans(160, resale, { purchaseOrderNumber: 'FB-0092' })),
  invoice('pemberton', 2, open, abroad('GBP', 9, '1.3124'), { sent: true, showcase: true }),
  invoice('lindqvist', 0, draft, beans(6, food)),
  invoice('larkspur', 0, draft, machine(newYork, 'LKS-3377')),
];
