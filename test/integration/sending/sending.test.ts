import { describe, expect, it } from 'vitest';
import { apiKeyWith, memberWith, newAccount, newContact, newInvoice, ok } from '#test/support/account.ts';
import { mailsTo, mailTo, parsed } from '#test/support/mailbox.ts';
import { proveSender } from '#test/support/sender.ts';
import { eventually, type Json } from '#test/support/service.ts';
import { sharedTable } from '#test/support/shared-table.ts';

let made = 0;
const newAddress = (name: string): string => {
  made += 1;
  return `${name}-${process.pid}-${Date.now()}-${made}@mail.example`;
};
const path = ({ id }: Json): string => `/v1/invoices/${id}`;
const writing = ['invoices.read', 'invoices.write'];

describe('the sender', () => {
  it('SEND-5: is remembered for the account, and one’s own for oneself alone', async () => {
    const account = await newAccount();
    const { admin, adminEmail } = account;
    const billing = newAddress('billing');
    await proveSender(sharedTable(), account.id, billing, { sharedWith: 'account', name: 'Billing' });
    const invoice = await newInvoice(admin);
    const key = await apiKeyWith(account, writing);
    const fromOf = async (client: Pick<typeof admin, 'post'>, body: Json = {}) => {
      const answer = await client.post(`${path(invoice)}/send`, body);
      return answer.body.from ?? answer.body.code;
    };
    expect(await fromOf(key)).toBe('from_required');
    expect(await fromOf(admin)).toBe(adminEmail);
    // His own is nobody else's.
    expect(await fromOf(key)).toBe('from_required');
    expect(await fromOf(admin, { from: billing })).toBe(billing);
    expect(await fromOf(key)).toBe(billing);
    expect(await fromOf(admin)).toBe(billing);
    expect(await fromOf(admin, { from: adminEmail })).toBe(adminEmail);
    expect(await fromOf(admin)).toBe(adminEmail);
    const other = await memberWith(account, writing);
    expect(await fromOf(other)).toBe(billing);
    ok(await admin.patch('/v1/settings', { defaultFrom: billing }));
    expect(await fromOf(admin)).toBe(billing);
    expect(await fromOf(admin, { from: adminEmail })).toBe('from_not_allowed');
    ok(await admin.patch('/v1/settings', { allowOtherFromAddresses: true }));
    expect(await fromOf(admin, { from: adminEmail })).toBe(adminEmail);
  });

  it('SEND-13: comes after the status: a draft is one, whoever sends it', async () => {
    const account = await newAccount();
    const key = await apiKeyWith(account, writing);
    const draft = ok(await account.admin.post('/v1/invoices', { currency: 'EUR' }));
    for (const action of ['send', 'send/preview'])
      expect((await key.post(`${path(draft)}/${action}`, { from: 'x@y.example' })).body.code).toBe(
        'invoice_is_draft',
      );
  });
});

describe('the message', () => {
  it('SEND-2: goes to ten recipients, once, each of them seen', async () => {
    const { admin } = await newAccount();
    const to = newAddress('buyer');
    const cc = Array.from({ length: 9 }, () => newAddress('copy'));
    const invoice = await newInvoice(admin);
    ok(await admin.post(`${path(invoice)}/send`, { to, cc }));
    const mail = await mailTo(to);
    expect(mail.destinations.toSorted()).toEqual([to, ...cc].toSorted());
    const { recipients } = await eventually(async () => {
      const [email]: Json[] = ok(await admin.get(`${path(invoice)}/emails`)).data;
      return email?.status === 'sent' ? email : undefined;
    }, 'the e-mail is sent');
    expect(recipients.map(({ email }: Json) => email).toSorted()).toEqual([to, ...cc].toSorted());
    expect(await mailsTo(cc[8] as string)).toHaveLength(1);
  });

  it('SEND-7: a preview is byte for byte what is sent, and changes nothing', async () => {
    const { id, admin, adminEmail } = await newAccount();
    const contact = await newContact(admin, { language: 'ar' });
    const invoice = await newInvoice(admin, { contactId: contact.id });
    const cc = [newAddress('copy'), newAddress('copy')];
    const before = ok(await admin.get(path(invoice)));
    for (const body of [
      { cc, intro: 'Bonjour.\n\nVoici <b>votre</b> facture & merci.', subject: 'Facture n° 7 — “spéciale”' },
      { to: newAddress('else'), template: 'edited' },
    ]) {
      const preview = ok(await admin.post(`${path(invoice)}/send/preview`, body));
      expect(ok(await admin.get(`${path(invoice)}/emails`)).data.length).toBe('cc' in body ? 0 : 1);
      const email = ok(await admin.post(`${path(invoice)}/send`, body));
      const { from, to, cc: copies, subject } = email;
      expect({ from, to, cc: copies, subject }).toEqual({
        ...{ from: preview.from, to: preview.to, cc: preview.cc, subject: preview.subject },
      });
      const message = await parsed(await mailTo(to));
      expect(message.subject).toBe(preview.subject);
      expect(message.html?.replaceAll('\r\n', '\n').trimEnd()).toBe(preview.html.trimEnd());
      expect(message.text?.replaceAll('\r\n', '\n').trimEnd()).toBe(preview.text.trimEnd());
      const [pdf] = message.attachments;
      if (pdf === undefined) throw new Error('no PDF');
      expect(preview.attachment).toEqual({
        ...{ name: pdf.filename, bytes: (pdf.content as ArrayBuffer).byteLength },
      });
      expect(message.replyTo).toMatchObject([{ address: adminEmail }]);
      expect(message.messageId).toBe(`<${email.id}@mail.quittance.invalid>`);
    }
    expect(ok(await admin.get(path(invoice))).version).toBe(before.version);
    expect(id).toBeTruthy();
  });

  it('SEND-14: nothing in a subject, name or address becomes a header or a recipient', async () => {
    const { id, admin } = await newAccount();
    const from = newAddress('evil');
    const name = 'Seller" <x@evil.example>, "Y';
    await proveSender(sharedTable(), id, from, { sharedWith: 'account', name });
    const to = newAddress('buyer');
    const invoice = await newInvoice(admin);
    const send = (body: Json) => admin.post(`${path(invoice)}/send`, body);
    for (const body of [
      { subject: 'Hello\r\nBcc: victim@evil.example' },
      { to: 'a@x.example, victim@evil.example' },
      { to: 'a@x.example\r\nBcc: victim@evil.example' },
      { cc: ['<victim@evil.example>'] },
      { from: 'a@x.example\nBcc: v@evil.example' },
    ])
      expect((await send(body)).status).toBe(422);
    ok(await send({ from, to, subject: 'Bcc: victim@evil.example =?utf-8?q?=0D=0ABcc:_v@evil.example?=' }));
    const mail = await mailTo(to);
    expect(mail.destinations).toEqual([to]);
    const message = await parsed(mail);
    expect(message.from).toEqual({ address: from, name });
    expect(message.to).toMatchObject([{ address: to }]);
    expect([message.cc, message.bcc]).toEqual([undefined, undefined]);
    expect(message.headers.map(({ key }) => key)).not.toContain('bcc');
  });

  it('SEND-1: to an address that no contact has, it makes a new contact once it went out', async () => {
    const { admin } = await newAccount();
    const invoice = await newInvoice(admin);
    const [to, copy] = [newAddress('new'), newAddress('copy')];
    ok(await admin.post(`${path(invoice)}/send`, { to, cc: [copy] }));
    await mailTo(to);
    const [contact] = await eventually(async () => {
      const { data } = ok(await admin.get(`/v1/contacts?email=${encodeURIComponent(to)}`));
      return data.length > 0 ? data : undefined;
    }, 'the contact is there');
    expect(contact.email).toBe(to);
    expect(ok(await admin.get(`/v1/contacts?email=${encodeURIComponent(copy)}`)).data).toEqual([]);
  });

  it('EDIT-9: about an edit it says, as its preview does, what the answer to the last edit said', async () => {
    const { admin } = await newAccount();
    ok(await admin.patch('/v1/settings', { allowEditFinalized: true }));
    const contact = await newContact(admin, { language: 'fr' });
    const invoice = await newInvoice(admin, { contactId: contact.id });
    ok(await admin.patch(path(invoice), { title: 'Printemps' }));
    const { changeMessage } = ok(await admin.patch(path(invoice), { purchaseOrderNumber: 'BC-7' }));
    ok(await admin.patch(path(invoice), { internalNote: 'no edit' }));
    expect(changeMessage.body).toContain('BC-7');
    expect(ok(await admin.get(path(invoice)))).not.toHaveProperty('editMessage');
    const preview = ok(await admin.post(`${path(invoice)}/send/preview`, { template: 'edited' }));
    const sent = ok(await admin.post(`${path(invoice)}/send`, { template: 'edited' }));
    const { subject, text } = await parsed(await mailTo(contact.email));
    expect([subject, sent.subject, preview.subject]).toEqual(Array(3).fill(changeMessage.subject));
    for (const shown of [text, preview.text]) expect(shown).toContain(`\n\n${changeMessage.body}\n\n`);
    const { data } = ok(await admin.get(`${path(invoice)}/history`));
    expect(JSON.stringify(data)).not.toContain('editMessage');
    const own = ok(
      await admin.post(`${path(invoice)}/send/preview`, { template: 'edited', intro: 'Comme convenu.' }),
    );
    expect(own.text).toContain('Comme convenu.');
    expect(own.text).not.toContain('BC-7 (');
  });

  it('SEND-9: about an edit it carries the new PDF, and leaves lastSentAt alone', async () => {
    const { admin } = await newAccount();
    ok(await admin.patch('/v1/settings', { allowEditFinalized: true }));
    const contact = await newContact(admin);
    const invoice = await newInvoice(admin, { contactId: contact.id });
    ok(await admin.patch(path(invoice), { title: 'Changed' }));
    ok(await admin.post(`${path(invoice)}/send`, { template: 'edited' }));
    const message = await parsed(await mailTo(contact.email));
    expect(message.attachments).toHaveLength(1);
    await eventually(async () => {
      const [email] = ok(await admin.get(`${path(invoice)}/emails`)).data;
      return email.status === 'sent' || undefined;
    }, 'it is noted as sent');
    expect(ok(await admin.get(path(invoice))).lastSentAt).toBe(null);
  });
});

describe('what staff write by hand', () => {
  it('SEND-10: a snippet is a hyperlink whose text is the number', async () => {
    const { admin } = await newAccount();
    const { id, link, number } = await newInvoice(admin);
    const snippet = ok(await admin.get(`${path({ id })}/snippet`));
    expect(snippet).toEqual({
      ...{ html: `<a href="${link}">${number}</a>`, markdown: `[${number}](${link})` },
      text: `${number}: ${link}`,
    });
    const draft = ok(await admin.post('/v1/invoices', { currency: 'EUR' }));
    for (const part of ['snippet', 'message'])
      expect((await admin.get(`${path(draft)}/${part}`)).body.code).toBe('invoice_is_draft');
  });

  it('SEND-10: a message to start from has a subject and the link, and sends nothing', async () => {
    const { admin } = await newAccount();
    const contact = await newContact(admin, { name: 'Noor <Buyer> & Co' });
    const invoice = await newInvoice(admin, { contactId: contact.id });
    const message = ok(await admin.get(`${path(invoice)}/message`));
    expect(message.subject).toContain(invoice.number);
    expect(message.text).toContain(invoice.link);
    expect(message.html).toContain(`<a href="${invoice.link}">${invoice.number}</a>`);
    expect(message.html).toContain('Noor &lt;Buyer&gt; &amp; Co');
    expect(ok(await admin.get(path(invoice))).lastSentAt).toBe(null);
    expect(await mailsTo(contact.email)).toEqual([]);
  });
});

describe('a receipt', () => {
  it.each([
    ['en', 'Receipt', 'For invoice'],
    ['fr', 'Reçu', 'Pour la facture'],
    ['ar', 'إيصال', 'عن الفاتورة'],
  ])('PAY-6: goes to the payment’s contact when it is asked for, in %s', async (language, title, applied) => {
    const { admin, adminEmail } = await newAccount();
    const contact = await newContact(admin, { language });
    const invoice = await newInvoice(admin, { contactId: contact.id });
    const payment = ok(
      await admin.post(`${path(invoice)}/payments`, { method: 'cash', amount: '40', reference: 'R-7' }),
    );
    expect(await mailsTo(contact.email)).toEqual([]);
    const receipt = ok(await admin.post(`/v1/payments/${payment.id}/receipt`, {}));
    expect(receipt).toMatchObject({
      ...{ template: 'receipt', status: 'queued', from: adminEmail, to: contact.email, attached: false },
    });
    const message = await parsed(await mailTo(contact.email));
    expect(message.subject).toContain(title);
    for (const part of [message.html, message.text]) {
      expect(part).toContain(`${applied} ${invoice.number}`);
      expect(part).toContain('R-7');
    }
    expect(message.attachments).toEqual([]);
    expect(ok(await admin.get(path(invoice))).lastSentAt).toBe(null);
    const history = await eventually(async () => {
      const { data } = ok(await admin.get(`/v1/payments/${payment.id}/history`));
      return data.some(({ action }: Json) => action === 'email_sent') ? data : undefined;
    }, 'the history tells of the receipt');
    expect(history.find(({ action }: Json) => action === 'email_sent').changes[0].to.id).toBe(receipt.id);
  });

  it('PAY-6: goes elsewhere where that is asked for, and nowhere without an address', async () => {
    const { admin } = await newAccount();
    const payment = ok(await admin.post('/v1/payments', { amount: '12', currency: 'EUR', method: 'check' }));
    const answer = await admin.post(`/v1/payments/${payment.id}/receipt`, {});
    expect(answer.body).toMatchObject({
      code: 'invalid_request',
      errors: [{ pointer: '/to', code: 'required' }],
    });
    const to = newAddress('books');
    const headers = { 'idempotency-key': 'receipt-1' };
    const [first, again] = [
      ok(await admin.post(`/v1/payments/${payment.id}/receipt`, { to }, { headers })),
      ok(await admin.post(`/v1/payments/${payment.id}/receipt`, { to }, { headers })),
    ];
    expect(again.id).toBe(first.id);
    expect((await parsed(await mailTo(to))).text).toContain('12');
    expect(await mailsTo(to)).toHaveLength(1);
  });
});
