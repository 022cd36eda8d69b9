import PostalMime from 'postal-mime';
import { describe, expect, it } from 'vitest';
import { readPdf } from '#test/integration/documents/pdf-reader.ts';
import {
  type Client,
  line,
  newAccount,
  newContact,
  newDraft,
  newInvoice,
  ok,
} from '#test/support/account.ts';
import { type Answer, call, eventually, type Json, service } from '#test/support/service.ts';

const whenMade = (client: Client, path: string): Promise<{ url: string; expiresAt: string }> =>
  eventually(async () => {
    const answer = await client.get(path);
    if (answer.status === 200) return answer.body;
    expect(answer.status).toBe(202);
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
    return undefined;
  }, 'the PDF is made');
const bytesAt = async (url: string): Promise<Buffer> => Buffer.from(await (await fetch(url)).arrayBuffer());
const pdfOf = async (client: Client, { id }: Json, version?: number): Promise<Buffer> => {
  const query = version === undefined ? '' : `?documentVersion=${version}`;
  return bytesAt((await whenMade(client, `/v1/invoices/${id}/pdf${query}`)).url);
};
const refusal = ({ status, body }: Answer) => ({ status, code: body?.code });

describe('the PDF of an invoice', () => {
  it('PDF-1: shows what is stored, and no payments', async () => {
    const { admin } = await newAccount({ name: 'Atelier Nord', country: 'DE' });
    ok(await admin.patch('/v1/settings', { seller: { legalMentions: 'Capital 10,000 EUR' } }));
    const contact = await newContact(admin, { name: 'Noor Haddad' });
    const invoice = await newInvoice(admin, {
      ...{ contactId: contact.id, invoiceDate: '2027-03-01', paymentTermDays: 14, comments: 'Thank you.' },
      lineItems: [line({ name: 'Layout', quantity: '12', unitPrice: '85.5' })],
    });
    ok(await admin.post(`/v1/invoices/${invoice.id}/payments`, { amount: '7.77', method: 'cash' }));
    const { pages, isTagged } = await readPdf(await pdfOf(admin, invoice));
    const text = pages.join(' ');
    for (const part of ['INV-1001', 'Atelier Nord', 'Noor Haddad', 'Layout', 'Thank you.', 'Capital 10,000'])
      expect(text).toContain(part);
    expect(text).toMatch(/1[.,]026[.,]00/);
    expect(text).not.toContain('7.77');
    expect(isTagged).toBe(true);
  });

  it('PDF-3: a draft has none; one of a version that is not there is not found', async () => {
    const { admin } = await newAccount();
    const draft = await newDraft(admin);
    expect(refusal(await admin.get(`/v1/invoices/${draft.id}/pdf`))).toEqual({
      ...{ status: 409, code: 'invoice_is_draft' },
    });
    const invoice = await newInvoice(admin);
    const other = await admin.get(`/v1/invoices/${invoice.id}/pdf?documentVersion=2`);
    expect(refusal(other)).toEqual({ status: 404, code: 'not_found' });
    for (const version of ['0', '-1', 'x'])
      expect((await admin.get(`/v1/invoices/${invoice.id}/pdf?documentVersion=${version}`)).status).toBe(422);
  });

  it('PDF-3: of one document version it is the same for good; a voided invoice has another, marked so', async () => {
    const { admin } = await newAccount({ country: 'DE' });
    const invoice = await newInvoice(admin);
    const first = await pdfOf(admin, invoice);
    expect((await pdfOf(admin, invoice)).equals(first)).toBe(true);
    ok(await admin.patch('/v1/settings', { pageSize: 'Letter', brandColor: '#ff0000', language: 'fr' }));
    ok(await admin.post(`/v1/invoices/${invoice.id}/void`));
    const second = await pdfOf(admin, invoice);
    expect(second.equals(first)).toBe(false);
    expect((await pdfOf(admin, invoice, 1)).equals(first)).toBe(true);
    expect((await pdfOf(admin, invoice, 2)).equals(second)).toBe(true);
    const textOf = async (pdf: Buffer) => (await readPdf(pdf)).pages.join(' ').toLowerCase();
    expect(await textOf(first)).not.toContain('void');
    expect(await textOf(second)).toContain('void');
  });

  it('PDF-3: the version before is to be had even if the invoice was voided before it was made', async () => {
    const { admin } = await newAccount({ country: 'DE' });
    const draft = await newDraft(admin);
    ok(await admin.post(`/v1/invoices/${draft.id}/finalize`));
    ok(await admin.post(`/v1/invoices/${draft.id}/void`));
    const { pages } = await readPdf(await pdfOf(admin, draft, 1));
    expect(pages.join(' ').toLowerCase()).not.toContain('void');
  });

  it('PDF-4: is A4 or Letter, as the account has it', async () => {
    const sizeOf = async (country: string) => {
      const { admin } = await newAccount({ country, currency: country === 'US' ? 'USD' : 'EUR' });
      const { sizes } = await readPdf(await pdfOf(admin, await newInvoice(admin)));
      return sizes[0]?.map(Math.round);
    };
    const a4 = await sizeOf('FR');
    expect(Math.abs((a4?.[0] ?? 0) - 595)).toBeLessThan(2);
    expect(Math.abs((a4?.[1] ?? 0) - 842)).toBeLessThan(2);
    expect(await sizeOf('US')).toEqual([612, 792]);
  });

  it('LINK-5: is fetched through an address that lives five minutes at most, while the link goes on working', async () => {
    const { admin } = await newAccount();
    const invoice = await newInvoice(admin);
    const pdf = await pdfOf(admin, invoice);
    const link = `/i/${new URL(invoice.link).pathname.split('/')[2]}/pdf`;
    for (const _ of [1, 2]) {
      const answer = await call('GET', link);
      expect(answer.status).toBe(302);
      expect(answer.headers.get('cache-control')).toContain('no-store');
      expect(answer.headers.get('referrer-policy')).toBe('no-referrer');
      const address = new URL(answer.headers.get('location') ?? '');
      const seconds = Number(address.searchParams.get('X-Amz-Expires'));
      expect(seconds).toBeGreaterThan(0);
      expect(seconds).toBeLessThanOrEqual(300);
      expect((await bytesAt(address.href)).equals(pdf)).toBe(true);
      address.searchParams.set('X-Amz-Expires', '604800');
      expect((await fetch(address)).status).toBe(403);
    }
    const { expiresAt } = await whenMade(admin, `/v1/invoices/${invoice.id}/pdf`);
    expect(Date.parse(expiresAt) - Date.now()).toBeLessThanOrEqual(300_000);
  });
});

describe('the e-mail of an invoice', () => {
  const mailTo = (address: string): Promise<Json> =>
    eventually(async () => {
      const store = (await (await fetch(`${service().mailbox}/store`)).json()) as Json[];
      return store.find(({ destinations }) => destinations.includes(address));
    }, `a mail to ${address}`);

  it('SEND-1: goes to the billing contact’s present address; SEND-8: with the details, the link and the PDF', async () => {
    const { admin, adminEmail } = await newAccount({ country: 'DE' });
    const contact = await newContact(admin);
    const invoice = await newInvoice(admin, { contactId: contact.id });
    const moved = `moved-${contact.email}`;
    ok(await admin.patch(`/v1/contacts/${contact.id}`, { email: moved }));
    const email = ok(await admin.post(`/v1/invoices/${invoice.id}/send`, { intro: 'As agreed.' }));
    expect(email).toMatchObject({ to: moved, status: 'queued', template: 'invoice', from: adminEmail });
    const mail = await mailTo(moved);
    expect(mail.destinations).toEqual([moved]);
    expect(mail.subject).toContain('INV-1001');
    const message = await PostalMime.parse(Buffer.from(mail.raw, 'base64'));
    expect(message.replyTo).toMatchObject([{ address: adminEmail }]);
    for (const part of [message.html, message.text]) {
      expect(part).toContain(new URL(invoice.link).pathname);
      expect(part).toContain('As agreed.');
      expect(part).toContain('100');
    }
    const [attachment] = message.attachments;
    expect(attachment).toMatchObject({ filename: 'INV-1001.pdf', mimeType: 'application/pdf' });
    const pdf = await pdfOf(admin, invoice);
    expect(Buffer.from(attachment?.content as ArrayBuffer).equals(pdf)).toBe(true);
    const sent = await eventually(async () => {
      const [one] = ok(await admin.get(`/v1/invoices/${invoice.id}/emails`)).data;
      return one.recipients[0].status === 'delivered' ? one : undefined;
    }, 'the e-mail is delivered');
    expect(sent).toMatchObject({
      id: email.id,
      attached: true,
      status: 'sent',
      recipients: [{ email: moved, status: 'delivered' }],
    });
    expect(ok(await admin.get(`/v1/invoices/${invoice.id}`))).toMatchObject({
      ...{ lastSentAt: sent.sentAt, version: invoice.version },
    });
  });

  it('SEND-9: a PDF that is fetched, or a link that is opened, is not a sending', async () => {
    const { admin } = await newAccount();
    const invoice = await newInvoice(admin);
    await pdfOf(admin, invoice);
    expect((await call('GET', invoice.link)).status).toBe(200);
    expect(ok(await admin.get(`/v1/invoices/${invoice.id}`)).lastSentAt).toBe(null);
  });

  it('SEND-11: asked for many times with one key, it is one', async () => {
    const { admin } = await newAccount();
    const contact = await newContact(admin);
    const invoice = await newInvoice(admin, { contactId: contact.id });
    const headers = { 'idempotency-key': 'send it once' };
    const answers = await Promise.all(
      Array.from({ length: 6 }, () => admin.post(`/v1/invoices/${invoice.id}/send`, {}, { headers })),
    );
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 202));
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
    await mailTo(contact.email);
    expect(ok(await admin.get(`/v1/invoices/${invoice.id}/emails`)).data).toHaveLength(1);
  });
});
