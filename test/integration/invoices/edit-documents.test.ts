import { describe, expect, it } from 'vitest';
import { readPdf } from '#test/integration/documents/pdf-reader.ts';
import { type Client, line, newAccount, newContact, newInvoice, ok } from '#test/support/account.ts';
import { eventually, type Json } from '#test/support/service.ts';
import { allowEdits, refusal } from './every-property.ts';

const pathOf = ({ id }: Json) => `/v1/invoices/${id}`;
const fetchPdf = async (url: string): Promise<Uint8Array> =>
  new Uint8Array(await (await fetch(url)).arrayBuffer());

/** The PDF of a document version, once it is made. */
const pdfOf = async (admin: Client, invoice: Json, version?: number): Promise<Uint8Array> => {
  const query = version === undefined ? '' : `?documentVersion=${version}`;
  const { url } = await eventually(
    async () => {
      const answer = await admin.get(`${pathOf(invoice)}/pdf${query}`);
      return answer.status === 200 ? (answer.body as Json) : undefined;
    },
    `the PDF of version ${version}`,
    50,
  );
  return fetchPdf(url);
};
const textOf = async (admin: Client, invoice: Json, version?: number): Promise<string> =>
  (await readPdf(await pdfOf(admin, invoice, version))).pages.join(' ');

describe('the PDF of an earlier document version', () => {
  it('EDIT-8: shows what the invoice was, also where it went on before its PDF was made', async () => {
    const { admin } = await newAccount();
    await allowEdits(admin);
    const names = ['Alpha', 'Beta', 'Gamma'];
    const contact = await newContact(admin, { name: 'Buyer Alpha' });
    const given = { contactId: contact.id, language: 'en', locale: 'en-GB' };
    const invoice = await newInvoice(admin, { ...given, lineItems: [line({ name: 'Item Alpha' })] });
    for (const name of names.slice(1)) {
      ok(await admin.patch(`/v1/contacts/${contact.id}`, { name: `Buyer ${name}` }));
      const lineItems = [line({ name: `Item ${name}`, unitPrice: '250' })];
      ok(await admin.patch(pathOf(invoice), { lineItems, contactId: contact.id }));
    }
    expect(ok(await admin.post(`${pathOf(invoice)}/void`)).documentVersion).toBe(4);
    const texts = await Promise.all([1, 2, 3, 4].map((version) => textOf(admin, invoice, version)));
    const shown = texts.map((text) => ({
      lines: names.filter((name) => text.includes(`Item ${name}`)),
      buyers: names.filter((name) => text.includes(`Buyer ${name}`)),
      number: text.includes(invoice.number),
      void: /\bVoid\b/i.test(text),
    }));
    expect(shown).toEqual([
      { lines: ['Alpha'], buyers: ['Alpha'], number: true, void: false },
      { lines: ['Beta'], buyers: ['Beta'], number: true, void: false },
      { lines: ['Gamma'], buyers: ['Gamma'], number: true, void: false },
      { lines: ['Gamma'], buyers: ['Gamma'], number: true, void: true },
    ]);
    expect(await textOf(admin, invoice)).toBe(texts[3]);
    for (const version of ['5', '999999999'])
      expect(refusal(await admin.get(`${pathOf(invoice)}/pdf?documentVersion=${version}`))).toEqual({
        ...{ status: 404, code: 'not_found' },
      });
  });

  it('PDF-3: has the same bytes ever after', async () => {
    const { admin } = await newAccount();
    await allowEdits(admin);
    const invoice = await newInvoice(admin);
    const first = await pdfOf(admin, invoice, 1);
    ok(await admin.patch(pathOf(invoice), { title: 'Other' }));
    ok(await admin.patch('/v1/settings', { seller: { legalName: 'Other SAS' }, pageSize: 'Letter' }));
    await pdfOf(admin, invoice, 2);
    expect(Buffer.compare(await pdfOf(admin, invoice, 1), first)).toBe(0);
    expect(Buffer.compare(await pdfOf(admin, invoice, 2), first)).not.toBe(0);
  });

  it('EDIT-8: changes of associations make none', async () => {
    const { admin } = await newAccount();
    const invoice = await newInvoice(admin);
    const other = await newContact(admin);
    ok(await admin.patch(pathOf(invoice), { internalNote: 'x' }));
    expect(ok(await admin.put(`${pathOf(invoice)}/contacts/${other.id}`)).documentVersion).toBe(1);
    expect((await admin.get(`${pathOf(invoice)}/pdf?documentVersion=2`)).status).toBe(404);
  });

  it('VOID-4: is marked void in the invoice’s language once it is, and was not before', async () => {
    const { admin } = await newAccount();
    const invoice = await newInvoice(admin, { language: 'fr', locale: 'fr-FR' });
    const voided = ok(await admin.post(`${pathOf(invoice)}/void`));
    expect([invoice.documentVersion, voided.documentVersion]).toEqual([1, 2]);
    expect(await textOf(admin, invoice, 2)).toMatch(/annulée/i);
    expect(await textOf(admin, invoice, 1)).not.toMatch(/annulée/i);
  });

  it('EDIT-8: goes with its invoice, a thousand long lines and all', async () => {
    const { admin } = await newAccount();
    await allowEdits(admin);
    const description = 'wörter '.repeat(110);
    const lineItems = Array.from({ length: 1_000 }, (_, index) =>
      line({ name: `Item ${index}`, description, unitPrice: `${index}` }),
    );
    const invoice = await newInvoice(admin, { lineItems });
    const half = lineItems.slice(0, 500).map((item) => ({ ...item, description: `now ${description}` }));
    const edited = ok(await admin.patch(pathOf(invoice), { lineItems: half }));
    expect(edited).toMatchObject({ total: '124750.00', documentVersion: 2 });
    expect(ok(await admin.patch(pathOf(invoice), { lineItems: [line()] })).total).toBe('100.00');
    const { lineItems: one } = ok(await admin.get(pathOf(invoice)));
    expect(one).toHaveLength(1);
  });
});
