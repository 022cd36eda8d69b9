import PostalMime, { type Email } from 'postal-mime';
import { describe, expect, it } from 'vitest';
import { isDeliverable } from '#lib/email/address.ts';
import { pdfNameOf } from '#lib/email/attachment-name.ts';
import { envelopeOf, fitsProvider, type OutgoingMessage, providerLimit, toMime } from '#lib/email/mime.ts';

const pdf = Uint8Array.from({ length: 4_096 }, (_, index) => (index * 7) % 256);
const messageWith = (changes: Partial<OutgoingMessage> = {}): OutgoingMessage => ({
  from: { name: 'Acme Studio', email: 'accounts@acme.example' },
  to: [{ name: 'Maison Duval', email: 'compta@duval.example' }],
  cc: [{ email: 'chef@duval.example' }],
  subject: 'Invoice INV-1001 from Acme Studio',
  html: '<p>Voilà: 1 728,00 €, ٣ قطع 🙂</p>',
  text: 'Voilà: 1 728,00 €, ٣ قطع 🙂\n\n.\nFrom here on',
  attachments: [{ name: 'INV-1001.pdf', mediaType: 'application/pdf', bytes: pdf }],
  date: '2026-02-24T09:30:00.000Z',
  messageId: 'eml_01@acme.example',
  ...changes,
});

const read = async (changes: Partial<OutgoingMessage> = {}): Promise<Email> =>
  PostalMime.parse(await toMime(messageWith(changes)), { attachmentEncoding: 'arraybuffer' });
const keysOf = (email: Email): string[] => email.headers.map(({ key }) => key).sort();
const usual = [
  'cc',
  'content-type',
  'date',
  'from',
  'message-id',
  'mime-version',
  'reply-to',
  'subject',
  'to',
];

describe('What another program reads in the message', () => {
  it('SEND-8: both parts in UTF-8, and the PDF byte for byte under its name', async () => {
    const email = await read();
    expect(email.html?.trim()).toBe(messageWith().html);
    expect(email.text?.trim()).toBe(messageWith().text);
    expect(email.attachments).toHaveLength(1);
    const [attachment] = email.attachments;
    expect(attachment).toMatchObject({
      filename: 'INV-1001.pdf',
      mimeType: 'application/pdf',
      disposition: 'attachment',
    });
    expect(new Uint8Array(attachment?.content as ArrayBuffer)).toEqual(pdf);
  });

  it('SEND-2: every recipient, and nobody else', async () => {
    const email = await read();
    expect(email.to).toEqual([{ name: 'Maison Duval', address: 'compta@duval.example' }]);
    expect(email.cc).toEqual([{ name: '', address: 'chef@duval.example' }]);
    expect(email.bcc).toBeUndefined();
    expect(envelopeOf(messageWith())).toEqual({
      from: 'accounts@acme.example',
      to: ['compta@duval.example', 'chef@duval.example'],
    });
  });

  it('SEND-6: replies go to the from address, unless another is given', async () => {
    expect((await read()).replyTo).toEqual([{ name: 'Acme Studio', address: 'accounts@acme.example' }]);
    const other = await read({ replyTo: { email: 'ann@acme.example' } });
    expect(other.replyTo).toEqual([{ name: '', address: 'ann@acme.example' }]);
  });

  it('SEND-11: its id and its date, so that a second making gives the same bytes', async () => {
    const email = await read();
    expect(email.messageId).toBe('<eml_01@acme.example>');
    expect(email.date).toBe('2026-02-24T09:30:00.000Z');
    expect(await toMime(messageWith())).toEqual(await toMime(messageWith()));
  });

  it.each([
    'Duval, Claire',
    'Claire "Cléo" Duval',
    'Épicerie 🥐 du Coin',
    'Duval <spy@evil.example>',
    'شركة الواحة',
    'A'.repeat(200),
    "Back\\slash (and) brackets; semi:colon @ 'quotes'",
  ])('SEND-14: the name %j, as it was', async (name) => {
    const email = await read({ to: [{ name, email: 'compta@duval.example' }] });
    expect(email.to).toEqual([{ name, address: 'compta@duval.example' }]);
  });

  it('SEND-14: a domain in another script, in its ASCII form', async () => {
    const email = await read({ to: [{ email: 'kasse@bücher.example' }] });
    expect(email.to).toEqual([{ name: '', address: 'kasse@xn--bcher-kva.example' }]);
    expect(envelopeOf(messageWith({ to: [{ email: 'kasse@bücher.example' }] })).to).toContain(
      'kasse@xn--bcher-kva.example',
    );
  });

  it('SEND-8: a logo that the HTML shows goes inside, beside the HTML', async () => {
    const logo = { name: 'logo.png', mediaType: 'image/png', bytes: pdf, contentId: 'logo@acme.example' };
    const email = await read({ html: '<img src="cid:logo@acme.example">', attachments: [logo] });
    expect(email.attachments[0]).toMatchObject({ contentId: '<logo@acme.example>', related: true });
  });

  it('SEND-8: a header of our own', async () => {
    const email = await read({ headers: { 'X-Quittance-Email': 'eml_01' } });
    expect(email.headers).toContainEqual(
      expect.objectContaining({ key: 'x-quittance-email', value: 'eml_01' }),
    );
  });
});

describe('What nobody can slip in', () => {
  const injection = 'Hello\r\nBcc: all@evil.example\r\n\r\n<p>Body</p>\u0000\u2028X: y';
  const onOneLine = 'Hello Bcc: all@evil.example <p>Body</p> X: y';

  it('SEND-14: a subject stays a subject', async () => {
    const email = await read({ subject: injection });
    expect(email.subject).toBe(onOneLine);
    expect(keysOf(email)).toEqual(usual);
  });

  it('SEND-14: a name stays a name, of the sender too', async () => {
    const email = await read({
      from: { name: injection, email: 'accounts@acme.example' },
      to: [{ name: injection, email: 'compta@duval.example' }],
    });
    expect(email.from).toEqual({ name: onOneLine, address: 'accounts@acme.example' });
    expect(email.to).toEqual([{ name: onOneLine, address: 'compta@duval.example' }]);
    expect(keysOf(email)).toEqual(usual);
  });

  it('SEND-14: an attachment’s name stays a name', async () => {
    const name = 'a"\r\nContent-Type: text/html\r\n\r\n.pdf';
    const email = await read({ attachments: [{ name, mediaType: 'application/pdf', bytes: pdf }] });
    expect(email.attachments).toHaveLength(1);
    expect(email.attachments[0]).toMatchObject({
      filename: 'a" Content-Type: text/html .pdf',
      mimeType: 'application/pdf',
    });
  });

  it.each([
    'a@b.example\r\nBcc: c@evil.example',
    'a@b.example, c@evil.example',
    'a@b.example;c@evil.example',
    '<a@b.example>',
    'Name <a@b.example>',
    '"a b"@b.example',
    'a@evil.example@b.example',
    'a@b.example ',
    'a@[127.0.0.1]',
    'a@b',
    'jörg@b.example',
    '@b.example',
    '',
  ])('SEND-14: %j is not one address that can be sent to', async (email) => {
    expect(isDeliverable(email)).toBe(false);
    await expect(toMime(messageWith({ cc: [{ email }] }))).rejects.toThrow(RangeError);
    expect(() => envelopeOf(messageWith({ to: [{ email }] }))).toThrow(RangeError);
  });

  it('SEND-14: a name can hide nothing in an encoded word', async () => {
    const email = await read({
      to: [{ name: '=?utf-8?Q?a=0D=0ABcc:_all?=', email: 'compta@duval.example' }],
    });
    expect(email.to?.[0]?.name).toBe('= ?utf-8?Q?a=0D=0ABcc:_all?=');
  });

  it.each<Record<string, string>>([
    { Bcc: 'c@evil.example' },
    { 'reply-to': 'c@evil.example' },
    { 'Content-Type': 'text/html' },
    { 'X-A\r\nBcc': 'c@evil.example' },
  ])('SEND-14: %j is not a header of our own', async (headers) => {
    await expect(toMime(messageWith({ headers }))).rejects.toThrow(RangeError);
  });

  it('SEND-14: a line break in a header of our own begins no other', async () => {
    const email = await read({ headers: { 'X-Note': 'one\r\nBcc: c@evil.example' } });
    expect(keysOf(email)).toEqual([...usual, 'x-note'].sort());
  });

  it('SEND-14: a message id that is none is refused', async () => {
    await expect(toMime(messageWith({ messageId: 'a@b>\r\nBcc: c@evil.example' }))).rejects.toThrow(
      RangeError,
    );
  });
});

describe('Sizes and names', () => {
  it('SEND-8: what the provider takes is counted on the whole message', async () => {
    expect(fitsProvider(providerLimit)).toBe(true);
    expect(fitsProvider(providerLimit + 1)).toBe(false);
    const attachments = [{ name: 'a.pdf', mediaType: 'application/pdf', bytes: new Uint8Array(7_500_000) }];
    expect(fitsProvider((await toMime(messageWith({ attachments }))).byteLength)).toBe(false);
  });

  it('SEND-8: the PDF is named after the number, in a form that every system can keep', () => {
    expect(pdfNameOf('INV-1001')).toBe('INV-1001.pdf');
    expect(pdfNameOf('2026/INV+7_1')).toBe('2026-INV+7_1.pdf');
  });
});
