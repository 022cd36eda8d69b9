import { describe, expect, it } from 'vitest';
import { composeInvoiceEmail } from '#lib/email/invoice-email.ts';
import { finalizedInvoice } from '#test/unit/page/invoice-builders.ts';

const linkUrl = 'https://pay.acme.example/i/Zx81Kq0vJ2';
type Input = Partial<Parameters<typeof composeInvoiceEmail>[0]>;
const compose = (input: Input = {}) =>
  composeInvoiceEmail({ invoice: finalizedInvoice(), template: 'invoice', linkUrl, ...input });

const lines = (count: number) =>
  Array.from({ length: count }, (_, index) => ({
    name: `Board ${index + 1}`,
    quantity: '1',
    unitPrice: '10.00',
  }));

describe('The e-mail with an invoice', () => {
  it('SEND-8: names the invoice and the seller in its subject', () => {
    expect(compose().subject).toBe('Invoice INV-1001 from Acme Studio');
    expect(compose({ invoice: finalizedInvoice({ language: 'fr', locale: 'fr-FR' }) }).subject).toBe(
      'Facture INV-1001 d’Acme Studio',
    );
  });

  it('SEND-8: its plain text part is a whole letter', () => {
    expect(compose().text).toBe(`Hello Maison Duval,

Here is invoice INV-1001. €1,728.00 is due on 26 March 2026.

See the invoice in your browser:
https://pay.acme.example/i/Zx81Kq0vJ2

The PDF is attached to this message.

- Website redesign
  12\u00a0hours × €120.00: €1,440.00

Subtotal: €1,440.00
VAT 20%: €288.00
Total: €1,728.00
Due date: 26 March 2026

Any questions? Reply to this message, and your answer reaches Acme Studio.

Kind regards,
Acme Studio
Acme Studio Ltd
14 Canal Street
Manchester
M1 3HE
United Kingdom
GLN 5060012340009
VAT ID GB123456789
`);
  });

  it('SEND-8: its HTML part has the amount, the due date, the lines and the link', () => {
    const { html } = compose();
    for (const part of ['€1,728.00', '26 March 2026', 'Website redesign', `href="${linkUrl}"`, 'VAT 20%'])
      expect(html).toContain(part);
  });

  it('SEND-8: leaves many lines to the page', () => {
    expect(compose({ invoice: finalizedInvoice({ lines: lines(8) }) }).text).toContain('Board 8');
    const many = compose({ invoice: finalizedInvoice({ lines: lines(9) }) });
    expect(many.text + many.html).not.toContain('Board 1');
    expect(many.text).toContain('Total: €108.00');
  });

  it('SEND-8: says so where the PDF is not attached', () => {
    const { html, text } = compose({ pdfAttached: false });
    expect(text).toContain('too large to attach');
    expect(html).toContain('too large to attach');
    expect(html + text).not.toContain('is attached');
  });

  it('SEND-8: asks only for what is left, and of a paid one for nothing', () => {
    const payment = { amount: '728.00', date: '2026-03-02', method: 'card' } as const;
    const part = compose({ invoice: finalizedInvoice({ payments: [payment] }) });
    expect(part.text).toContain('€728.00 has been paid; the remaining €1,000.00 is due on 26 March 2026.');
    const whole = { ...payment, amount: '1728.00' };
    const paid = compose({ invoice: finalizedInvoice({ status: 'paid', payments: [whole] }) });
    expect(paid.text).toContain('Here is invoice INV-1001 for €1,728.00. Nothing is left to pay.');
    expect(paid.html).not.toContain('Amount due');
  });

  it('SEND-7: takes the sender’s own subject and words', () => {
    const { subject, html, text } = compose({
      subject: 'Our work in March',
      intro: 'As agreed on the phone.\n\nSee you soon.',
    });
    expect(subject).toBe('Our work in March');
    expect(text).toContain('\n\nAs agreed on the phone.\n\nSee you soon.\n\n');
    expect(text).not.toContain('Here is invoice');
    expect(html).toContain('As agreed on the phone.');
  });

  it('SEND-7: the same input gives the same bytes', () => {
    expect(compose()).toEqual(compose());
  });

  describe('about an edit', () => {
    const editMessage = {
      subject: 'Invoice INV-1001 has been changed',
      body: 'Invoice INV-1001 has been changed.\n\nWhat has changed:\n- Due date: 1 May → 2 May\n\nThank you.',
    };
    const edited = { invoice: { ...finalizedInvoice(), editMessage }, template: 'edited' } as const;

    it('EDIT-9: says what the answer to the edit said, subject and body', () => {
      const { subject, html, text } = compose(edited);
      expect(subject).toBe(editMessage.subject);
      expect(text).toContain(`\n\n${editMessage.body}\n\nSee the invoice`);
      for (const part of editMessage.body.split('\n\n')) expect(html).toContain(`>${part}</p>`);
    });

    it('EDIT-9: has the sender’s own subject and words where there are some', () => {
      const own = compose({ ...edited, subject: 'A new date', intro: 'As agreed.' });
      expect(own.subject).toBe('A new date');
      expect(own.text).toContain('As agreed.');
      expect(own.text).not.toContain('What has changed');
      expect(compose({ ...edited, intro: 'As agreed.' }).subject).toBe(editMessage.subject);
      expect(compose({ ...edited, subject: 'A new date' }).text).toContain(editMessage.body);
    });

    it('EDIT-9: says that it is a new version where nothing is known of an edit', () => {
      const { subject, text } = compose({ template: 'edited' });
      expect(subject).toBe('Invoice INV-1001 from Acme Studio has been changed');
      expect(text).toContain('This version replaces the one you had.');
    });

    it('EDIT-9: the e-mail with the invoice says nothing of it', () => {
      expect(compose({ ...edited, template: 'invoice' })).toEqual(compose());
    });
  });

  it('SEND-8: is in the language of the invoice, from right to left where that is', () => {
    expect(compose().html).toContain('<html dir="ltr" lang="en">');
    const { html, text } = compose({ invoice: finalizedInvoice({ language: 'ar', locale: 'ar-AE' }) });
    expect(html).toContain('<html dir="rtl" lang="ar">');
    expect(text).toContain('مرحبًا Maison Duval،');
  });

  it('SEND-14: shows markup in any text as text, and keeps the subject on one line', () => {
    const nasty = '</style><script>alert(1)</script>';
    const { subject, html } = compose({
      invoice: finalizedInvoice({
        comments: nasty,
        buyer: { name: nasty },
        seller: { name: nasty, brandColor: '#fff}</style>' },
        lines: [{ name: nasty, quantity: '1', unitPrice: '1.00' }],
      }),
      intro: nasty,
      subject: 'Hello\r\nBcc: all@evil.example',
    });
    expect(html).not.toMatch(/<script|<\/style>.*<\/style>/s);
    expect(html).toContain('&lt;script&gt;');
    expect(subject).toBe('Hello Bcc: all@evil.example');
  });

  it('SEND-8: is short enough not to be cut by Gmail, at 102 KB', () => {
    const text = 'x'.repeat(5_000);
    const { html } = compose({ invoice: finalizedInvoice({ lines: lines(8), comments: text }), intro: text });
    expect(Buffer.byteLength(html)).toBeLessThan(102 * 1_000);
  });
});
