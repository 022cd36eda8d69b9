import PostalMime from 'postal-mime';
import { expect, it } from 'vitest';
import { readPdf } from '#test/integration/documents/pdf-reader.ts';
import { line, newAccount, newContact, newInvoice, ok } from '#test/support/account.ts';
import { eventually, type Json, service } from '#test/support/service.ts';
import { allowEdits } from './every-property.ts';

/** The message that went to an address, once it did. */
const messageTo = async (address: string) => {
  const { mailbox } = service();
  const { id } = await eventually(
    async () => {
      const store = (await (await fetch(`${mailbox}/store`)).json()) as Json[];
      return store.find(({ destinations }) => destinations.includes(address));
    },
    'the e-mail is sent',
    50,
  );
  return PostalMime.parse(await (await fetch(`${mailbox}/mails/${id}/raw`)).arrayBuffer());
};

it('SEND-8: an e-mail that an edit comes in between tells of one version, in its text and in its PDF', async () => {
  const { admin } = await newAccount();
  await allowEdits(admin);
  for (let round = 0; round < 3; round++) {
    const contact = await newContact(admin, { language: 'en' });
    const given = { contactId: contact.id, language: 'en', locale: 'en-GB' };
    const invoice = await newInvoice(admin, { ...given, lineItems: [line({ unitPrice: '1111' })] });
    const path = `/v1/invoices/${invoice.id}`;
    const [sent, edited] = await Promise.all([
      admin.post(`${path}/send`, {}),
      admin.patch(path, { lineItems: [line({ unitPrice: '2222' })] }),
    ]);
    expect([sent.status, edited.status]).toEqual([202, 200]);
    const { text = '', attachments } = await messageTo(contact.email);
    const pdf = attachments.find(({ mimeType }) => mimeType === 'application/pdf');
    const { pages } = await readPdf(new Uint8Array(pdf?.content as ArrayBuffer));
    const totals = (shown: string) => ['1,111.00', '2,222.00'].filter((total) => shown.includes(total));
    expect(totals(text)).toHaveLength(1);
    expect(totals(pages.join(' '))).toEqual(totals(text));
    ok(await admin.get(`${path}/emails`));
  }
});
