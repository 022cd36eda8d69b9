import { describe, expect, it } from 'vitest';
import { renderGonePage, renderNotFoundPage, renderPreparingPage } from '#lib/page/message-pages.tsx';

describe('Pages without an invoice', () => {
  it('LINK-7: the page of a link that does not work is the same whatever the reason', () => {
    expect(renderNotFoundPage()).toEqual(renderNotFoundPage('en'));
    expect(renderNotFoundPage().html).toContain('There is nothing at this address.');
  });

  it('LINK-7: a deleted invoice’s page says that it was deleted, in the invoice’s language', () => {
    const { html } = renderGonePage('fr-CA');
    expect(html).toContain('<html lang="fr-CA" dir="ltr"><head>');
    expect(html).toContain('<body><div');
    expect(html).toContain('a été supprimé');
  });

  it('PDF-3: while the PDF is being made the page has a link to ask again, and does not move by itself', () => {
    const { html, headers } = renderPreparingPage('en');
    expect(html).toContain('href="pdf">Try again</a>');
    expect(html).not.toContain('http-equiv');
    expect(headers['retry-after']).toBe('2');
  });

  it('LINK-7: they are as strict as the invoice’s page', () => {
    for (const { html, headers } of [renderNotFoundPage(), renderGonePage(), renderPreparingPage()]) {
      expect(headers['content-security-policy']).toMatch(/^default-src 'none'; style-src 'sha256-/);
      expect(headers['cache-control']).toBe('no-store');
      expect(html).not.toContain('<script');
    }
  });
});
