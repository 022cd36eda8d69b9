import type { SerializedAXNode } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { derivedOf } from '#lib/domain/invoice/derive.ts';
import { renderInvoicePage } from '#lib/page/invoice-page.tsx';
import { renderGonePage, renderNotFoundPage, renderPreparingPage } from '#lib/page/message-pages.tsx';
import type { InvoicePageInput } from '#lib/page/page-input.ts';
import type { Page } from '#lib/page/shell.tsx';
import { finalizedInvoice, type InvoiceInput } from '#test/unit/page/invoice-builders.ts';
import { faultsFor, type RealBrowser, startRealBrowser, takePicture } from './real-browser.ts';

let browser: RealBrowser;
beforeAll(async () => {
  browser = await startRealBrowser();
});
afterAll(() => browser.close());

const payForm = { action: '/i/token/checkout', provider: 'https://checkout.stripe.com' };
const pageOf = (input: InvoiceInput, today = '2026-03-14', more: Partial<InvoicePageInput> = {}): Page => {
  const invoice = finalizedInvoice(input);
  return renderInvoicePage({
    ...{ invoice, derived: derivedOf(invoice, today), today },
    pdfUrl: '/i/token/pdf',
    ...more,
  });
};

const standard = { category: 'S', rate: '20' } as const;
/** All that a page can have, with the longest names and amounts at hand. */
const rich: InvoiceInput = {
  title: 'Redesign of the spring catalogue',
  purchaseOrderNumber: 'PO-2026-0042',
  lines: [
    {
      ...{ name: 'Website redesign', quantity: '12', unit: 'HUR', unitPrice: '120.00', sku: 'WEB-1' },
      description: 'Home page, catalogue and checkout.\nTwo rounds of corrections.',
    },
    { name: 'Donaudampfschifffahrtsgesellschaftskapitän'.repeat(3), quantity: '1', unitPrice: '1234567.89' },
    { name: 'Hosting', quantity: '3.5', unit: 'MON', unitPrice: '19.90', tax: { category: 'Z', rate: '0' } },
  ],
  discounts: [{ label: 'Loyalty', type: 'percent', value: '5' }],
  fees: [{ label: 'Delivery', type: 'amount', value: '12.00', tax: standard }],
  payments: [{ amount: '700.00', date: '2026-03-02', method: 'wire_transfer', reference: 'TRF 88213' }],
  comments: 'Thank you for the good work together.\nSee you in spring.',
  notes: [{ text: 'Late payment: 40 € for recovery.' }],
  terms: 'Payable within 30 days.',
  paymentMethods: ['wire_transfer', 'card'],
};
const inArabic: InvoiceInput = {
  ...{ ...rich, language: 'ar', locale: 'ar-EG', currency: 'EGP' },
  title: 'تصميم كتالوج الربيع',
  lines: [
    { name: 'تصميم الموقع', quantity: '12', unit: 'HUR', unitPrice: '1200.00' },
    { name: 'Hosting', quantity: '3', unit: 'MON', unitPrice: '190.50' },
  ],
};

const pages: Record<string, () => Page> = {
  'en-partly-paid': () => pageOf(rich),
  'fr-overdue': () => pageOf({ ...rich, language: 'fr', locale: 'fr-FR', payments: [] }, '2026-06-01'),
  'ar-partly-paid': () => pageOf(inArabic),
  'en-open': () => pageOf({}),
  'fr-paid': () =>
    pageOf({
      ...{ language: 'fr', locale: 'fr-FR', status: 'paid' },
      payments: [{ amount: '1728.00', date: '2026-03-02', method: 'card' }],
    }),
  'ar-void': () => pageOf({ ...inArabic, status: 'voided', payments: [] }),
  'de-without-words': () =>
    pageOf({ language: 'de', locale: 'de-DE' }, '2026-03-14', { previewNotice: true }),
  'en-payable': () => pageOf({ ...rich, allowPartialPayments: true }, '2026-03-14', { payForm }),
  'ar-payable': () => pageOf({ ...inArabic, allowPartialPayments: true }, '2026-03-14', { payForm }),
};
const messages: Record<string, () => Page> = {
  'not-found': () => renderNotFoundPage('fr'),
  gone: () => renderGonePage('ar'),
  preparing: () => renderPreparingPage('en'),
};
/** What a tab is asked, in its own words. */
const spaceOut = `
  const sheet = new CSSStyleSheet();
  sheet.replaceSync('*{line-height:1.5!important;letter-spacing:.12em!important;word-spacing:.16em!important}');
  document.adoptedStyleSheets.push(sheet);`;
const overflowing = 'document.documentElement.scrollWidth - document.documentElement.clientWidth';
const styleOf = (element: string, property: string): string =>
  `getComputedStyle(${element}).getPropertyValue('${property}')`;
const widths = [320, 375, 800, 1_600];
const schemes = ['light', 'dark'] as const;

describe('the buyer’s page in a real browser', () => {
  it.each(Object.keys({ ...pages, ...messages }))(
    'LINK-4: %s passes axe for WCAG 2.2 AA from 320 to 1,600 px, light and dark',
    async (name) => {
      const page = ({ ...pages, ...messages }[name] as () => Page)();
      const faults: string[] = [];
      for (const scheme of schemes)
        for (const width of scheme === 'light' ? widths : [375, 1_600]) {
          const tab = await browser.open(page, { width, scheme });
          for (const fault of await faultsFor(tab)) faults.push(`${width} ${scheme} ${fault}`);
          await takePicture(tab, `${name}-${width}-${scheme}`);
        }
      expect(faults).toEqual([]);
    },
  );

  it('LINK-4: nothing scrolls sideways or is cut off, with the letter spacing of WCAG 1.4.12 too', async () => {
    const wide: string[] = [];
    for (const [name, page] of Object.entries(pages))
      for (const width of widths)
        for (const spaced of [false, true]) {
          const tab = await browser.open(page(), { width, scheme: 'light' });
          if (spaced) await tab.evaluate(spaceOut);
          const overflow = Number(await tab.evaluate(overflowing));
          if (overflow > 0) wide.push(`${name} ${width} ${spaced ? 'spaced' : ''} +${overflow}`);
        }
    expect(wide).toEqual([]);
  });

  it('LINK-4: is all there by keyboard: the PDF is the first stop, and it is seen', async () => {
    const tab = await browser.open(pages['en-open']?.() as Page);
    await tab.keyboard.press('Tab');
    const stop = 'document.activeElement';
    expect(await tab.evaluate(`${stop}.textContent`)).toBe('Download PDF');
    expect(await tab.evaluate(styleOf(stop, 'outline-style'))).toBe('solid');
    expect(await tab.evaluate(styleOf(stop, 'outline-width'))).toBe('3px');
  });

  it('LINK-4: is styled under its own strict policy, and asks for nothing else', async () => {
    const page = pages['en-partly-paid']?.() as Page;
    const refused: string[] = [];
    const tab = await browser.open(page);
    tab.on('console', (message) => refused.push(message.text()));
    await tab.reload({ waitUntil: 'load' });
    expect(await tab.evaluate(styleOf('document.body', 'margin-top'))).toBe('0px');
    expect(refused).toEqual([]);
    expect(browser.asked.filter((url) => !url.endsWith('/favicon.ico'))).toEqual([]);
    expect(page.headers['content-security-policy']).toContain("default-src 'none'");
    expect(page.html).not.toMatch(/<script|javascript:|\son\w+=/i);
    expect(Buffer.byteLength(page.html)).toBeLessThan(60_000);
  });

  it('LINK-4: is told a screen reader as a heading, what is owed, and tables with headers', async () => {
    const tab = await browser.open(pages['en-partly-paid']?.() as Page, { width: 320, scheme: 'light' });
    const told: string[] = [];
    const tell = ({ role, name, children = [] }: SerializedAXNode): void => {
      told.push(`${role} ${name}`);
      children.forEach(tell);
    };
    tell((await tab.accessibility.snapshot({ interestingOnly: false })) as SerializedAXNode);
    const wanted = [
      'heading Invoice INV-1001',
      'heading Amount due',
      'link Download PDF',
      'table Items',
      'table Payments made',
      'columnheader Unit price',
      'rowheader Hosting',
      'heading Pay by bank transfer',
    ];
    expect(wanted.filter((one) => !told.includes(one))).toEqual([]);
  });

  it('LINK-4: in Arabic it runs from right to left, its numbers and codes from left to right', async () => {
    const tab = await browser.open(pages['ar-partly-paid']?.() as Page);
    expect(await tab.evaluate('[document.documentElement.lang, document.documentElement.dir]')).toEqual([
      'ar',
      'rtl',
    ]);
    const left = (selector: string) =>
      tab.evaluate(`document.querySelector('${selector}').getBoundingClientRect().left`).then(Number);
    expect(await left('h1')).toBeGreaterThan(await left('.status'));
    expect(await left('.lines tbody th')).toBeGreaterThan(await left('.lines tbody .total'));
  });

  it('LINK-4: on paper it is black on white without buttons, in dark mode too', async () => {
    const tab = await browser.open(pages['en-partly-paid']?.() as Page, { width: 800, scheme: 'dark' });
    await tab.emulateMediaType('print');
    await takePicture(tab, 'en-partly-paid-print');
    const ground = await tab.evaluate(styleOf('document.body', 'background-color'));
    const button = await tab.evaluate(styleOf('document.querySelector(".button")', 'display'));
    await tab.emulateMediaType(undefined);
    expect([ground, button]).toEqual(['rgb(255, 255, 255)', 'none']);
  });
});
