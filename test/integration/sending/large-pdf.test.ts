import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { documents } from '#functions/wiring/documents.ts';
import { table } from '#functions/wiring/table.ts';
import { putRecord, readRecord } from '#lib/data/collection.ts';
import { pdfs } from '#lib/data/collections.ts';
import { Transaction } from '#lib/data/transaction.ts';
import { closeBrowser } from '#lib/documents/browser.ts';
import { fileCouldFit, providerLimit } from '#lib/email/mime.ts';
import { newContact, newInvoice, ok } from '#test/support/account.ts';
import { type OwnService, startOwnService } from '#test/support/in-process.ts';
import { mailsTo, parsed } from '#test/support/mailbox.ts';

let own: OwnService;
beforeAll(async () => {
  own = await startOwnService();
});
afterAll(async () => {
  await own.stop();
  await closeBrowser();
});

/** As an invoice of very many lines would come out. */
const large = Buffer.alloc(Math.ceil((providerLimit * 3) / 4));

const grow = async (accountId: string, invoiceId: string): Promise<void> => {
  const pdf = await readRecord(table(), pdfs, accountId, invoiceId, 1);
  if (pdf === undefined) throw new Error('no PDF');
  await documents().put(pdf.key, large);
  const writes = new Transaction(table());
  putRecord(writes, pdfs, pdf, { ...pdf, bytes: large.length });
  await writes.commit();
};

describe('a PDF that is too large for the provider', () => {
  it.each([
    ['is made already', true],
    ['is not made yet', false],
  ])('SEND-8: which %s: the link goes alone, and the answer says so', async (_when, isMade) => {
    const { id: accountId, admin } = await own.newAccount();
    const contact = await newContact(admin);
    const invoice = await newInvoice(admin, { contactId: contact.id });
    const path = `/v1/invoices/${invoice.id}`;
    const render = async () => {
      await own.stream('relay-outbox', await own.records(accountId));
      expect(await own.queue('render-pdf', await own.take('render', accountId))).toBe(0);
    };
    const said = { attached: false, warnings: [{ code: 'pdf_too_large' }] };
    if (isMade) {
      await render();
      await grow(accountId, invoice.id);
      expect(ok(await admin.post(`${path}/send/preview`, {})).attachment).toBe(null);
    }
    const asked = ok(await admin.post(`${path}/send`, {}));
    expect(asked).toMatchObject(isMade ? said : { attached: true, warnings: [] });
    await render();
    if (!isMade) await grow(accountId, invoice.id);
    expect(await own.queue('send-email', await own.take('email', accountId))).toBe(0);
    const [email] = ok(await admin.get(`${path}/emails`)).data;
    expect(email).toMatchObject({ status: 'sent', ...said });
    expect(email.warnings).toHaveLength(1);
    const [mail] = await mailsTo(contact.email);
    if (mail === undefined) throw new Error('no mail');
    const { attachments, text } = await parsed(mail);
    expect(attachments).toEqual([]);
    expect(text).toContain(invoice.link);
    expect(text).toContain('trop volumineux');
  });

  it('SEND-8: could fit as long as its base64 does', () => {
    expect(fileCouldFit(7_000_000)).toBe(true);
    expect(fileCouldFit(large.length)).toBe(false);
  });
});
