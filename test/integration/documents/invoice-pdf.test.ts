import { afterAll, describe, expect, it } from 'vitest';
import { closeBrowser, renderPdf } from '#lib/documents/browser.ts';
import { openFonts } from '#lib/documents/fonts.ts';
import { type InvoiceDocument, renderInvoiceHtml } from '#lib/documents/invoice-html.tsx';
import { buyer, draft, invoice, line, lines, seller } from '#test/unit/documents/invoice-builders.ts';
import { readPdf } from './pdf-reader.ts';

const fonts = openFonts();
const pdfOf = async (of: Partial<InvoiceDocument> = {}) => {
  const document: InvoiceDocument = { invoice: invoice(), pageSize: 'A4', fonts, ...of };
  return readPdf(await renderPdf(renderInvoiceHtml(document), document.pageSize));
};

afterAll(closeBrowser);

describe('an invoice as PDF', () => {
  it('PDF-1: has its title and language, and is tagged', async () => {
    const pdf = await pdfOf({ invoice: invoice({ language: 'fr', locale: 'fr-FR' }) });
    expect(pdf).toMatchObject({ title: 'Facture INV-1001', language: 'fr', isTagged: true });
  });

  it('PDF-1: of one line stands on one page, with its number', async () => {
    const { pages } = await pdfOf();
    expect(pages).toHaveLength(1);
    expect(pages[0]).toContain('Invoice INV-1001');
    expect(pages[0]).toContain('Page 1 / 1');
    expect(pages[0]).toContain('Design workshop');
    expect(pages[0]).toContain('Total due €120.00');
    expect(pages[0]).toContain('capital of €20,000');
  });

  it('PDF-1: of 14 lines has each of them once, in order, and the totals after the last', async () => {
    const { pages } = await pdfOf({ invoice: invoice({ lineItems: lines(14) }) });
    const text = pages.join(' ');
    const found = [...text.matchAll(/Item number (\d+) /g)].map(([, number]) => Number(number));
    expect(found).toEqual(Array.from({ length: 14 }, (_, index) => index + 1));
    expect(text.indexOf('Subtotal')).toBeGreaterThan(text.indexOf('Item number 14'));
  });

  it('PDF-1: of 300 lines repeats the table’s head and counts the pages', async () => {
    const { pages } = await pdfOf({ invoice: invoice({ lineItems: lines(300) }) });
    expect(pages.length).toBeGreaterThan(5);
    pages.forEach((page, index) => {
      expect(page).toContain(`Page ${index + 1} / ${pages.length}`);
      expect(page).toContain('Invoice INV-1001');
      expect(page).toMatch(/Description Quantity Unit price Tax Amount/);
    });
    const found = pages.flatMap((page) =>
      [...page.matchAll(/Item number (\d+) /g)].map(([, number]) => Number(number)),
    );
    expect(found).toEqual(Array.from({ length: 300 }, (_, index) => index + 1));
  });

  it('PDF-1: cuts no row in two and keeps the totals together, wherever the page ends', async () => {
    for (const count of [8, 9, 10, 11, 12, 13, 14, 15, 16]) {
      const lineItems = lines(count, { description: 'first words\nin the middle\nlast words' });
      const { pages } = await pdfOf({ invoice: invoice({ lineItems }) });
      for (const page of pages)
        expect(page.match(/first words/g)?.length).toBe(page.match(/last words/g)?.length);
      const withTotals = pages.filter((page) => /Subtotal|VAT 20% on|Total due/.test(page));
      expect(withTotals).toHaveLength(1);
      expect(withTotals[0]).toContain(`Item number ${count} `);
    }
  });

  it('PDF-1: a row that is longer than a page goes on over as many as it needs', async () => {
    const words = Array.from({ length: 700 }, (_, index) => `word${index}`);
    const { pages } = await pdfOf({
      invoice: invoice({ lineItems: [line({ description: words.join(' ') }), line()] }),
    });
    const found = pages.join(' ').match(/word\d+/g) ?? [];
    expect(new Set(found)).toEqual(new Set(words));
    expect(pages.filter((page) => /Subtotal|Total due/.test(page))).toHaveLength(1);
  });

  it('PDF-1: holds names of 200 characters and amounts of 15 digits within the page', async () => {
    const name = 'Ergonomic '.repeat(20).trim();
    const { pages } = await pdfOf({
      invoice: invoice({
        buyer: { ...buyer, name: 'W'.repeat(200) },
        lineItems: [line({ name, unitPrice: '999999999999.99', quantity: '12.345678', unit: 'KGM' })],
      }),
    });
    expect(pages[0]?.match(/Ergonomic/g)).toHaveLength(20);
    expect(pages[0]).toContain('€12,345,677,999,999.88');
  });

  it('PDF-4: is on A4 or Letter paper, as the account has it', async () => {
    const [a4, letter] = [await pdfOf(), await pdfOf({ pageSize: 'Letter' })];
    const rounded = ([width, height] = [0, 0]) => [Math.round(width), Math.round(height)];
    expect(rounded(a4.sizes[0])).toEqual([595, 842]);
    expect(rounded(letter.sizes[0])).toEqual([612, 792]);
  });

  it('VOID-4: is marked void on every page, in its language', async () => {
    const { pages } = await pdfOf({
      invoice: invoice({ status: 'voided', language: 'fr', locale: 'fr-FR', lineItems: lines(40) }),
    });
    expect(pages.length).toBeGreaterThan(1);
    for (const page of pages) expect(page).toContain('ANNULÉE');
    expect(pages[0]).toContain('Annulée');
  });

  it('LIFE-10: of a draft is marked as one on every page', async () => {
    const { pages } = await pdfOf({ invoice: draft({ lineItems: lines(40) }), seller, buyer });
    for (const page of pages) expect(page).toContain('DRAFT');
  });

  it('PDF-2: can be searched for names in every script, mixed on one page', async () => {
    const names = [
      'Łódź Świętokrzyska',
      'Ελληνικά',
      'Синяя ручка',
      'नीला बॉलपॉइंट',
      'ปากกาสีแดง',
      '蓝色圆珠笔',
      '青いボールペン',
      '파란색 볼펜',
      '₹ ₺ ₿ ₽ ₪',
    ];
    const { pages } = await pdfOf({ invoice: invoice({ lineItems: names.map((name) => line({ name })) }) });
    const bare = (text: string) => text.normalize('NFC').replace(/\s/g, '');
    expect(names.filter((name) => !bare(pages.join('')).includes(bare(name)))).toEqual([]);
  });

  it('PDF-2: has the letters of names that are written from right to left', async () => {
    const { pages } = await pdfOf({
      invoice: invoice({ lineItems: [line({ name: 'עברית' }), line({ name: 'شركة النور للتجارة' })] }),
    });
    const letters = new Set(pages.join('').normalize('NFKC'));
    expect([...'עבריתشركةالنورللتجارة'].filter((letter) => !letters.has(letter))).toEqual([]);
  });
});
