import { expect, it } from 'vitest';
import { newAccount, newContact, ok } from '#test/support/account.ts';
import { call, eventually, type Json, service } from '#test/support/service.ts';

it('a draft becomes a paid invoice: create, finalize, PDF, e-mail, link, payment, history', async () => {
  const { admin } = await newAccount({ name: 'Atelier Nord' });
  const contact = await newContact(admin, { name: 'Noor Haddad' });

  const draft = ok(
    await admin.post('/v1/invoices', {
      currency: 'EUR',
      contactId: contact.id,
      paymentTermDays: 30,
      lineItems: [
        { name: 'Layout', quantity: '12', unit: 'HUR', unitPrice: '85', tax: { category: 'S', rate: '20' } },
        { name: 'Proofs', quantity: '3', unitPrice: '42.50', tax: { category: 'S', rate: '20' } },
      ],
    }),
  );
  expect(draft).toMatchObject({
    status: 'draft',
    number: null,
    subtotal: '1147.50',
    taxTotal: '229.50',
    total: '1377.00',
  });

  const invoice = ok(await admin.post(`/v1/invoices/${draft.id}/finalize`));
  expect(invoice).toMatchObject({ status: 'open', number: 'INV-1001', balanceDue: '1377.00', version: 2 });

  const pdf = await eventually(async () => {
    const answer = await admin.get(`/v1/invoices/${draft.id}/pdf`);
    return answer.status === 200 ? answer.body : undefined;
  }, 'the PDF is made');
  const file = await fetch(pdf.url);
  const bytes = Buffer.from(await file.arrayBuffer());
  expect(bytes.subarray(0, 5).toString()).toBe('%PDF-');

  const email = ok(await admin.post(`/v1/invoices/${draft.id}/send`, { intro: 'Thank you for your order.' }));
  expect(email).toMatchObject({ status: 'queued', to: contact.email });
  const mail = await eventually(async () => {
    const store = (await (await fetch(`${service().mailbox}/store`)).json()) as Json;
    return store.find((one: Json) => one.destinations.includes(contact.email));
  }, 'the e-mail is in the mailbox');
  expect(mail.subject).toContain('INV-1001');

  const page = await call('GET', invoice.link);
  expect(page.status).toBe(200);
  expect(page.text).toContain('INV-1001');

  const payment = ok(
    await admin.post(`/v1/invoices/${draft.id}/payments`, { method: 'wire_transfer', reference: 'TRX 31' }),
  );
  expect(payment).toMatchObject({ amount: '1377.00', unapplied: '0.00', online: false });
  expect(ok(await admin.get(`/v1/invoices/${draft.id}`))).toMatchObject({
    status: 'paid',
    balanceDue: '0.00',
  });

  const history = await eventually(async () => {
    const entries = ok(await admin.get(`/v1/invoices/${draft.id}/history`)).data as Json[];
    // When the mail arrives is the provider's to say.
    const own = entries.filter(({ action }) => action !== 'email_delivered');
    return own.length === 4 ? own : undefined;
  }, 'the history tells the story');
  expect(history.map(({ action }) => action)).toEqual([
    'created',
    'finalized',
    'email_sent',
    'payment_recorded',
  ]);
  expect(history.every(({ actor }) => actor.name === 'Alex Founder')).toBe(true);
});
