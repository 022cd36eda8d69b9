import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { derivedOf } from '#lib/domain/invoice/derive.ts';
import type { Invoice } from '#lib/domain/invoice/invoice.ts';
import { renderInvoicePage } from '#lib/page/invoice-page.tsx';
import { finalizedInvoice, type InvoiceInput } from './invoice-builders.ts';

const renderOn = (today: string, invoice: Invoice) =>
  renderInvoicePage({ invoice, derived: derivedOf(invoice, today), today, pdfUrl: '/i/token/pdf' });

/** What is read of a page, tags and entities aside, with one space between any two pieces. */
const textOf = (html: string): string =>
  html
    .replace(/<style>.*?<\/style>/s, ' ')
    .replace(/<[^>]+>/g, ' ')
    .replaceAll('&#x27;', '’')
    .replaceAll('&amp;', '&')
    .replace(/\s+/g, ' ');

const readOn = (today: string, input: InvoiceInput = {}): string =>
  textOf(renderOn(today, finalizedInvoice(input)).html);

const transfer = (amount: string) =>
  ({ amount, date: '2026-03-02', method: 'wire_transfer', reference: 'TRF 88213' }) as const;

describe('The state of the invoice', () => {
  it('LINK-4: an open one shows what is owed, until when, and the PDF', () => {
    const invoice = finalizedInvoice();
    const page = renderOn('2026-03-14', invoice);
    expect(textOf(page.html)).toContain('Amount due €1,728.00 Due on 26 March 2026, in 12 days');
    expect(page.html).toContain('href="/i/token/pdf"');
  });

  it('LINK-4: on its due date it is due today, and the day after it is overdue by a day', () => {
    expect(readOn('2026-03-26')).toContain('Due on 26 March 2026, today');
    expect(readOn('2026-03-27')).toContain('Overdue');
    expect(readOn('2026-03-27')).toContain('Was due on 26 March 2026, 1 day ago');
  });

  it('LINK-4: one that is paid in part shows the payments made and what is left', () => {
    const text = readOn('2026-03-14', { payments: [transfer('700.00'), transfer('28.00')] });
    expect(text).toContain('Partly paid');
    expect(text).toContain('Amount due €1,000.00');
    expect(text).toContain('€728.00 of €1,728.00 has been paid.');
    expect(text).toContain('2 March 2026 Bank transfer Reference: TRF 88213 €700.00');
    expect(text).toContain('Paid −€728.00 Balance due €1,000.00');
  });

  it('LINK-4: a paid one says so and gives no bank details', () => {
    const text = readOn('2026-04-14', { status: 'paid', payments: [transfer('1728.00')] });
    expect(text).toContain('Amount paid €1,728.00 Paid in full on 2 March 2026.');
    expect(text).not.toContain('GB29 NWBK');
    expect(text).not.toContain('Overdue');
  });

  it('VOID-4: a void one says so, owes nothing and gives no way to pay, but still its PDF', () => {
    const invoice = finalizedInvoice({ status: 'voided', paymentMethods: ['wire_transfer', 'card'] });
    const page = renderOn('2026-04-14', invoice);
    const text = textOf(page.html);
    expect(text).toContain('This invoice is void. Please do not pay it.');
    expect(text).not.toContain('Amount due');
    expect(text).not.toContain('GB29 NWBK');
    expect(text).not.toContain('Ways to pay');
    expect(page.html).toContain('href="/i/token/pdf"');
  });
});

describe('The content', () => {
  const rich: InvoiceInput = {
    lines: [
      {
        name: 'Website redesign',
        description: 'All pages',
        quantity: '32',
        unit: 'HUR',
        unitPrice: '95.00',
        discount: { type: 'percent', value: '10' },
        tax: { category: 'S', rate: '20' },
      },
      { name: 'Guide', quantity: '150', unitPrice: '2.4025', tax: { category: 'S', rate: '5.5' } },
    ],
    discounts: [{ label: 'Returning customer', type: 'percent', value: '5' }],
    fees: [{ label: 'Delivery', type: 'amount', value: '12.00', tax: { category: 'S', rate: '20' } }],
    comments: 'Thank you.',
    terms: 'Thirty days.',
    notes: [{ text: 'Recycle the guide.' }],
    internalNote: 'A difficult customer',
    purchaseOrderNumber: 'PO-417',
  };

  it('LINK-4: shows the lines, discounts, fees, taxes by rate and the total', () => {
    const text = readOn('2026-03-14', rich);
    expect(text).toContain('Website redesign All pages Discount 10% 32 hours €95.00 VAT 20% €2,736.00');
    expect(text).toContain('Guide 150 €2.4025 VAT 5.5% €360.38');
    expect(text).toContain('Subtotal €3,096.38 Returning customer (5%) −€154.82 Delivery €12.00');
    expect(text).toContain('VAT 5.5% on €342.36 €18.83 VAT 20% on €2,611.20 €522.24');
    expect(text).toContain('Total €3,494.63');
  });

  it('LINK-4: shows both parties, the bank details, references, comments, notes, terms and legal mentions', () => {
    const text = readOn('2026-03-14', rich);
    for (const part of [
      'Acme Studio Ltd',
      'VAT ID GB123456789',
      'Maison Duval SARL',
      '69003 Lyon France',
      'GB29 NWBK 6016 1331 9268 19',
      'Reference INV-1001',
      'Purchase order PO-417',
      'Thank you.',
      'Thirty days.',
      'Recycle the guide.',
      'Registered in England and Wales',
    ])
      expect(text).toContain(part);
  });

  it('LINK-4: never shows the internal note', () => {
    expect(readOn('2026-03-14', rich)).not.toContain('difficult');
  });

  it('LINK-4: speaks the language of the invoice and writes amounts as its locale does', () => {
    const french = renderOn('2026-03-14', finalizedInvoice({ language: 'fr', locale: 'fr-FR' })).html;
    expect(french).toContain('<html lang="fr" dir="ltr">');
    expect(textOf(french)).toContain('À payer au plus tard le 26 mars 2026, dans 12 jours');
    expect(textOf(french)).toContain('12 heures 120,00 €');
    const arabic = renderOn('2026-03-14', finalizedInvoice({ language: 'ar', locale: 'ar-AE' })).html;
    expect(arabic).toContain('<html lang="ar" dir="rtl">');
  });

  it('LINK-4: in a language that it has no words for, says which language its words are in', () => {
    const html = renderOn('2026-03-14', finalizedInvoice({ language: 'he', locale: 'he-IL' })).html;
    expect(html).toContain('<html lang="he" dir="rtl">');
    expect(html).toContain('<body lang="en" dir="ltr">');
  });

  it('LINK-4: leaves a tax that nothing was said about out of the page', () => {
    const text = readOn('2026-03-14', {
      lines: [{ name: 'Consulting', quantity: '1', unitPrice: '450.00', tax: { category: 'O', rate: '0' } }],
    });
    expect(text).not.toContain('Outside the scope');
    expect(text).not.toContain('Subtotal');
    expect(text).toContain('Total €450.00');
  });

  it('LIFE-10: a draft can be looked at, without a number, dates or a PDF', () => {
    const draft = finalizedInvoice({ status: 'draft', number: undefined, dueDate: undefined });
    const derived = derivedOf(draft, '2026-03-14');
    const { html } = renderInvoicePage({ invoice: draft, derived, today: '2026-03-14', previewNotice: true });
    expect(textOf(html)).toContain('This is a preview.');
    expect(textOf(html)).toContain('Draft invoice');
    expect(html).not.toContain('<a ');
  });
});

describe('The page as such', () => {
  const nasty = '</style><script>alert(1)</script>"><img src=x onerror=alert(1)>';

  it('LINK-4: has no script, and shows markup in any text as text', () => {
    const invoice = finalizedInvoice({
      title: nasty,
      comments: nasty,
      terms: nasty,
      lines: [{ name: nasty, description: nasty, quantity: '1', unitPrice: '1.00' }],
      buyer: { name: nasty, address: { line1: nasty } },
      seller: { name: nasty, iban: nasty, legalMentions: nasty, brandColor: '#fff;}</style>' },
    });
    const { html } = renderInvoicePage({
      invoice,
      derived: derivedOf(invoice, '2026-03-14'),
      today: '2026-03-14',
      pdfUrl: `/i/${nasty}`,
      logo: `data:image/svg+xml,${nasty}`,
    });
    expect(html).not.toMatch(/<script|<img|<\/style>.*<\/style>/s);
    expect(html).toContain('&lt;script&gt;');
  });

  it('LINK-4: its policy allows its one style, by its hash, and nothing else', () => {
    const { html, headers } = renderOn('2026-03-14', finalizedInvoice());
    const style = /<style>(.*?)<\/style>/s.exec(html)?.[1] ?? '';
    const hash = createHash('sha256').update(style).digest('base64');
    expect(headers['content-security-policy']).toBe(
      `default-src 'none'; style-src 'sha256-${hash}'; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`,
    );
    expect(html).not.toMatch(/ style="/);
  });

  it('LINK-4: is neither kept, indexed nor named to other sites', () => {
    expect(renderOn('2026-03-14', finalizedInvoice()).headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-robots-tag': 'noindex, nofollow',
      'x-content-type-options': 'nosniff',
    });
  });

  it('LINK-4: stays under 60 KB with fifty lines', () => {
    const lines = Array.from({ length: 50 }, (_, index) => ({
      name: `Oak shelf board ${index}`,
      description: 'Planed on both sides, oiled, with rounded edges and four brackets.',
      quantity: '3',
      unitPrice: '48.50',
      sku: `ART-${index}`,
    }));
    const { html } = renderOn('2026-03-14', finalizedInvoice({ lines }));
    expect(Buffer.byteLength(html)).toBeLessThan(60 * 1_024);
  });

  it('LINK-6: the same input gives the same bytes', () => {
    const invoice = finalizedInvoice({ payments: [transfer('100.00')] });
    expect(renderOn('2026-03-14', invoice)).toEqual(renderOn('2026-03-14', invoice));
  });

  it('LINK-4: shows the logo with the name of the seller for those who do not see it', () => {
    const invoice = finalizedInvoice();
    const { html } = renderInvoicePage({
      invoice,
      derived: derivedOf(invoice, '2026-03-14'),
      today: '2026-03-14',
      logo: 'data:image/png;base64,iVBORw0KGgo=',
    });
    expect(html).toContain('<img class="logo" src="data:image/png;base64,iVBORw0KGgo=" alt="Acme Studio"/>');
  });
});
