import { describe, expect, it } from 'vitest';
import { openFonts } from '#lib/documents/fonts.ts';
import { type InvoiceDocument, renderInvoiceHtml } from '#lib/documents/invoice-html.tsx';
import { buyer, invoice, line, seller } from './invoice-builders.ts';

const fonts = openFonts();
const textOf = (of: InvoiceDocument['invoice'], accountingCurrency?: string) =>
  renderInvoiceHtml({ invoice: of, pageSize: 'A4', fonts, accountingCurrency })
    .replace(/^[\s\S]*<body>/, '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .replace(/ – /g, '–');

const expectAll = (text: string, parts: string[]) => {
  expect(parts.filter((part) => !text.includes(part))).toEqual([]);
};

describe('PDF-1: the document shows all that the invoice has', () => {
  it('PDF-1: its references, dates and circumstances', () => {
    const text = textOf(
      invoice({
        title: 'Second phase',
        purchaseOrderNumber: 'PO-42',
        buyerReference: 'Cost centre 12',
        contractReference: 'C-77',
        projectReference: 'Aurora',
        subscriptionId: 'sub-9',
        period: { start: '2026-11-01', end: '2026-11-30' },
        taxPointCode: '432',
        delivery: { date: '2026-11-20', name: 'Dock 7', address: { city: 'Avonmouth', country: 'GB' } },
        billingAddress: { line1: 'PO Box 400', city: 'London', country: 'GB' },
        precedingInvoices: [{ number: 'INV-900', date: '2026-10-01' }, { number: 'INV-901' }],
        lineItems: [line({ kind: 'goods' }), line({ kind: 'services' })],
      }),
    );
    expectAll(text, [
      'Invoice INV-1001',
      'Second phase',
      'PO-42',
      'Cost centre 12',
      'C-77',
      'Aurora',
      'sub-9',
    ]);
    expectAll(text, ['24 November 2026', '24 December 2026', '1–30 Nov 2026', 'Date of payment']);
    expectAll(text, ['20 November 2026', 'Dock 7', 'Avonmouth', 'PO Box 400', 'Goods and services']);
    expectAll(text, ['INV-900 of 1 October 2026, INV-901']);
  });

  it('PDF-1: both parties with their forms, identifiers, addresses and contacts', () => {
    const text = textOf(
      invoice({
        seller: { ...seller, tradingName: 'Boréal Studio', taxNumber: '12/345' },
        buyer: {
          ...buyer,
          legalName: 'Northwind Trading Limited',
          legalForm: 'Ltd',
          legalId: { scheme: '0088', value: '5060012345678' },
          electronicAddress: { scheme: '0192', value: '987654321' },
          contact: { name: 'Ada Fenwick', email: 'ada@northwind.example', phone: '+44 20 7946 0000' },
        },
      }),
    );
    expectAll(text, ['Atelier Boréal, SARL', 'Trading as: Boréal Studio', 'SIREN: 552 100 554']);
    expectAll(text, [
      'VAT ID: FR40552100554',
      'Tax number: 12/345',
      '12 rue des Frênes',
      '69002 Lyon',
      'France',
    ]);
    expectAll(text, ['Jeanne Ormeau', 'billing@boreal.example', '+33 4 72 00 00 00']);
    expectAll(text, ['Northwind Trading Limited, Ltd', 'GLN: 5060012345678', '0192:987654321']);
    expectAll(text, ['Ada Fenwick', 'ada@northwind.example', '+44 20 7946 0000', 'United Kingdom']);
  });

  it('PDF-1: its lines with all that each has', () => {
    const text = textOf(
      invoice({
        lineItems: [
          line({
            name: 'Workshop',
            description: 'On site\nwith minutes',
            quantity: '2',
            unit: 'HUR',
            unitPrice: '49.995',
            discount: { type: 'percent', value: '12.5' },
            sku: 'DW-2',
            standardId: '4006381333931',
            period: { start: '2026-11-03', end: '2026-11-04' },
            note: 'Travel billed apart',
          }),
          line({ quantity: '3', unit: 'KGM', unitPrice: '0.5', tax: { category: 'S', rate: '5.5' } }),
          line({ quantity: '1', unit: 'XZZ' }),
        ],
      }),
    );
    expectAll(text, ['Workshop', 'On site', 'with minutes', '2 hours', '€49.995', '12.5%', '€87.49']);
    expectAll(text, ['SKU: DW-2', 'GTIN: 4006381333931', '3–4 Nov 2026', 'Travel billed apart']);
    expectAll(text, ['3 kg', '€0.50', '5.5%', '1 XZZ']);
  });

  it('PDF-1, TOT-4: discounts, fees, taxes by rate with their bases and reasons, and the totals', () => {
    const text = textOf(
      invoice({
        currency: 'USD',
        locale: 'en-US',
        exchangeRate: '0.9234',
        lineItems: [
          line({ unitPrice: '1000' }),
          line({ unitPrice: '500', tax: { category: 'AE', rate: '0', exemptionReasonCode: 'VATEX-EU-AE' } }),
        ],
        discounts: [{ label: 'Loyalty', type: 'percent', value: '10' }],
        fees: [{ label: 'Shipping', type: 'amount', value: '30', tax: { category: 'S', rate: '20' } }],
      }),
      'EUR',
    );
    expectAll(text, ['Subtotal $1,500.00', 'Loyalty 10% -$150.00', 'Shipping plus VAT 20% $30.00']);
    expectAll(text, [
      'Total before tax $1,380.00',
      'VAT 20% on $930.00 $186.00',
      'Reverse charge on $450.00',
    ]);
    expectAll(text, ['VAT is to be accounted for by the recipient', 'Total tax $186.00']);
    expectAll(text, ['Total tax in EUR $1.00 = €0.9234 €171.75', 'Total due $1,566.00']);
  });

  it('PDF-1: how to pay, the texts and the seller’s legal mentions', () => {
    const text = textOf(
      invoice({
        paymentTermDays: 30,
        paymentMeans: '58',
        paymentMethods: ['card', 'sepa'],
        comments: 'Thank you.',
        notes: [{ code: 'PMD', text: 'Late payment: €40.' }, { text: 'Second note' }],
        terms: 'Ours until paid.',
      }),
    );
    expectAll(text, ['within 30 days', 'SEPA credit transfer', 'card, SEPA']);
    expectAll(text, ['FR76 3000 6000 0112 3456 7890 189', 'AGRIFRPPXXX', 'Payment reference INV-1001']);
    expectAll(text, [
      'Thank you.',
      'Late payment: €40.',
      'Second note',
      'Ours until paid.',
      'capital of €20,000',
    ]);
  });

  it('PDF-1: no word about tax where nothing was said about it', () => {
    const text = textOf(
      invoice({
        seller: { name: 'Acme' },
        buyer: { name: 'Northwind' },
        lineItems: [line({ tax: { category: 'O', rate: '0' } })],
      }),
    );
    expect(text).not.toMatch(/tax|VAT/i);
  });

  it('PDF-1: the accounting words of French', () => {
    const text = textOf(
      invoice({
        language: 'fr',
        locale: 'fr-FR',
        lineItems: [line({ quantity: '1.5', unit: 'DAY' })],
        discounts: [{ type: 'amount', value: '10' }],
      }),
    );
    expectAll(text, [
      'Facture',
      'Date d’échéance',
      '1,5 jour',
      'Prix unitaire HT',
      'Montant HT',
      'Sous-total HT',
    ]);
    expectAll(text, ['Remise', 'Total HT', 'TVA 20 %', 'Net à payer', 'Mentions légales']);
  });
});
