import { describe, expect, it } from 'vitest';
import { contentHash, disposition, pdfKey, pdfPrefix } from '#lib/documents/document-store.ts';

const name = { accountId: 'acc_1', invoiceId: 'inv_1', documentVersion: 3, contentHash: contentHash('<p>') };

describe('where a PDF lies', () => {
  it('PDF-3: is named by its version and by the document that it was made from', () => {
    expect(pdfKey(name)).toBe(`pdf/acc_1/inv_1/000003-${name.contentHash}.pdf`);
    expect(pdfKey(name)).not.toBe(pdfKey({ ...name, contentHash: contentHash('<p> ') }));
  });

  it('DEL-3: is found with all others of its invoice', () => {
    expect(pdfKey(name).startsWith(pdfPrefix(name))).toBe(true);
  });

  it('LINK-5: is offered under a file name that no header is broken by', () => {
    expect(disposition('INV-1001.pdf')).toBe(
      `inline; filename="INV-1001.pdf"; filename*=UTF-8''INV-1001.pdf`,
    );
    const hostile = disposition('n°1"\r\nX: (é)*.pdf');
    expect(hostile).toBe(
      `inline; filename="n_1___X_ ____.pdf"; filename*=UTF-8''n%C2%B01%22%0D%0AX%3A%20%28%C3%A9%29%2A.pdf`,
    );
  });
});
