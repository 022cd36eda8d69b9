import { describe, expect, it } from 'vitest';
import { openFonts } from '#lib/documents/fonts.ts';
import { cssString } from '#lib/documents/html/stylesheet.ts';
import { type InvoiceDocument, renderInvoiceHtml } from '#lib/documents/invoice-html.tsx';
import { buyer, draft, invoice, line, seller } from './invoice-builders.ts';

const fonts = openFonts();
const render = (of: Partial<InvoiceDocument> = {}) =>
  renderInvoiceHtml({ invoice: invoice(), pageSize: 'A4', fonts, ...of });
/** What a reader sees of the markup: no tags, spaces of one kind. */
const textOf = (html: string) =>
  html
    .replace(/^[\s\S]*<body>/, '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/&amp;/g, '&')
    .replace(/\s+/g, ' ');

describe('an invoice as HTML', () => {
  it('PDF-3: is the same text whenever it is made', () => {
    expect(render()).toBe(render());
  });

  it('PDF-1: has its title, language and direction', () => {
    const html = render({ invoice: invoice({ language: 'fr-BE', locale: 'fr-BE' }) });
    expect(html).toContain('<html lang="fr-BE" dir="ltr">');
    expect(html).toContain('<title>Facture INV-1001</title>');
  });

  it('PDF-1: is worded in English where its language is not known, and says so', () => {
    const html = render({ invoice: invoice({ language: 'nl', locale: 'nl-NL' }) });
    expect(html).toContain('<html lang="en" dir="ltr">');
    expect(textOf(html)).toContain('24 November 2026');
  });

  it('PDF-1: reads from right to left in a language that does', () => {
    const html = render({ invoice: invoice({ language: 'ar', locale: 'ar-EG' }) });
    expect(html).toContain('<html lang="ar" dir="rtl">');
    expect(textOf(html)).toContain('تاريخ الاستحقاق ٢٤ ديسمبر ٢٠٢٦');
  });

  it('PDF-1: shows what a text says and runs nothing of it', () => {
    const html = render({
      invoice: invoice({
        buyer: { ...buyer, name: '<script>alert(1)</script>' },
        lineItems: [line({ name: '"><img src=x onerror=alert(1)>', description: '</style><b>&amp;' })],
        comments: '</body></html>',
      }),
    });
    expect(html).not.toContain('<script');
    expect(html).not.toContain('<img');
    expect(html).not.toContain('<b>');
    expect(html.match(/<\/style>/g)).toHaveLength(1);
    expect(html.match(/<\/body>/g)).toHaveLength(1);
    expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
  });

  it('PDF-1: lets no text out of the string that it is in the stylesheet', () => {
    expect(cssString('a"}</style>\\')).toBe('"a\\22 \\7d \\3c \\2f style\\3e \\5c "');
    expect(cssString('Facture N° 7')).toBe('"Facture N\\b0  7"');
  });

  it('PDF-2: allows itself nothing that is not in it', () => {
    expect(render()).toContain('default-src &#x27;none&#x27;');
    expect(render()).not.toMatch(/(?:src|href)="(?!data:)|url\((?!data:)/);
  });

  it('VOID-4: is marked void in its language, and says nothing of paying', () => {
    const text = textOf(render({ invoice: invoice({ status: 'voided', language: 'fr', locale: 'fr-FR' }) }));
    expect(text).toContain('Annulée');
    expect(text).toContain('ANNULÉE');
    expect(text).not.toContain('à payer');
    expect(text).not.toContain('Net à payer');
    expect(text).not.toContain('FR76 3000');
  });

  it('LIFE-10: a draft is marked as one, and shows the parties that are given', () => {
    const text = textOf(render({ invoice: draft(), seller, buyer }));
    expect(text).toContain('Draft');
    expect(text).toContain('DRAFT');
    expect(text).toContain('Northwind Trading Ltd');
    expect(text).not.toContain('INV-');
  });

  it('LIFE-10: a draft with nothing but its currency can be shown', () => {
    const { invoiceDate: _, dueDate: __, language: ___, locale: ____, ...bare } = draft({ lineItems: [] });
    expect(textOf(render({ invoice: bare, language: 'fr', locale: 'fr-FR' }))).toContain('Brouillon');
  });

  it('LIFE-4: a finalized invoice shows its own copies of the parties', () => {
    const text = textOf(render({ seller: { ...seller, legalName: 'Renamed since' } }));
    expect(text).toContain('Atelier Boréal');
    expect(text).not.toContain('Renamed since');
  });

  it('PDF-1: never shows payments, the internal note or custom properties', () => {
    const text = textOf(
      render({
        invoice: invoice({
          amountPaid: '33.33',
          balanceDue: '86.67',
          internalNote: 'pays late',
          customProperties: { region: 'north-west' },
          payments: [
            {
              id: 'pay_1',
              amount: '33.33',
              date: '2026-11-25',
              method: 'cash',
              reference: 'till 4',
              online: false,
              appliedAt: '2026-11-25T00:00:00.000Z',
            },
          ],
        }),
      }),
    );
    for (const hidden of ['33.33', '86.67', 'till 4', 'pays late', 'north-west'])
      expect(text).not.toContain(hidden);
    expect(text).toContain('€120.00');
  });

  it('PDF-1: embeds the logo', () => {
    const html = render({ logo: { mediaType: 'image/png', bytes: new Uint8Array([1, 2, 3]) } });
    expect(html).toContain('<img alt="Atelier Boréal" src="data:image/png;base64,AQID"/>');
  });
});
