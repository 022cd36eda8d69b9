import { describe, expect, it } from 'vitest';
import { headerKey } from '#lib/data/keys.ts';
import { line, newAccount, newContact, newDraft, newInvoice, ok } from '#test/support/account.ts';
import { faultsOf, inShort } from '#test/support/answers.ts';
import { eventually, type Json } from '#test/support/service.ts';
import { patchStored } from '#test/support/shared-table.ts';

const path = ({ id }: Json) => `/v1/invoices/${id}`;

describe('voiding', () => {
  it('VOID-1: afterwards nothing that changes the invoice can be done, and it is never undone', async () => {
    const { admin } = await newAccount();
    ok(await admin.patch('/v1/settings', { allowEditFinalized: true }));
    const invoice = await newInvoice(admin);
    const { id: paymentId } = ok(await admin.post('/v1/payments', { amount: '5', method: 'cash' }));
    const voided = ok(await admin.post(`${path(invoice)}/void`, { reason: null }));
    expect(voided.actions).toEqual({
      ...{ edit: 'invoice_voided', void: 'invoice_voided', delete: 'deletion_disabled' },
      ...{ pay: 'invoice_voided', send: 'invoice_voided', clone: null, finalize: 'invoice_not_draft' },
    });
    const answers = [
      await admin.post(`${path(invoice)}/void`),
      await admin.post(`${path(invoice)}/payments`, { method: 'cash' }),
      await admin.post(`${path(invoice)}/payments/apply`, { paymentId }),
      await admin.post(`${path(invoice)}/send`, {}),
      await admin.patch(path(invoice), { title: 'New' }),
      await admin.post(`${path(invoice)}/finalize`),
    ];
    expect(answers.map(inShort)).toEqual([
      ...Array.from({ length: 5 }, () => '409 invoice_voided'),
      '409 invoice_not_draft',
    ]);
    expect(ok(await admin.get(path(invoice)))).toEqual(voided);
    expect(ok(await admin.get('/v1/numbering/audit')).data).toMatchObject([
      { number: 'INV-1001', status: 'issued', invoiceId: invoice.id },
    ]);
  });

  it('VOID-1: neither a draft nor an invoice of nothing, which is paid at once', async () => {
    const { admin } = await newAccount();
    const [draft, free] = [
      await newDraft(admin),
      await newInvoice(admin, { lineItems: [line({ unitPrice: '0' })] }),
    ];
    expect(inShort(await admin.post(`${path(draft)}/void`))).toBe('409 invoice_is_draft');
    expect(inShort(await admin.post(`${path(free)}/void`))).toBe('409 invoice_paid');
  });

  it('VOID-1: the reason is in the history, with who gave it', async () => {
    const { admin } = await newAccount();
    const invoice = await newInvoice(admin);
    const long = await admin.post(`${path(invoice)}/void`, { reason: 'x'.repeat(5_001) });
    expect(faultsOf(long).map((fault) => fault.split(' ')[0])).toEqual(['/reason']);
    ok(await admin.post(`${path(invoice)}/void`, { reason: 'Ordered twice' }));
    const entry = await eventually(async () => {
      const last = ok(await admin.get(`${path(invoice)}/history`)).data.at(-1);
      return last?.action === 'voided' ? last : undefined;
    }, 'it is in the history');
    expect(entry).toMatchObject({ reason: 'Ordered twice', version: 3, actor: { name: 'Alex Founder' } });
    expect(entry.changes).toContainEqual({ property: 'status', from: 'open', to: 'voided' });
  });

  it('VOID-2: never once an online payment was made, though it was refunded and nothing is on it', async () => {
    const { id: accountId, admin } = await newAccount();
    const invoice = await newInvoice(admin);
    await patchStored(headerKey(accountId, invoice.id), { hadOnlinePayment: true });
    const present = ok(await admin.get(path(invoice)));
    expect(present).toMatchObject({ status: 'open', payments: [], balanceDue: '100.00' });
    expect(present.actions.void).toBe('invoice_has_online_payment');
    expect(inShort(await admin.post(`${path(invoice)}/void`))).toBe('409 invoice_has_online_payment');
    ok(await admin.post(`${path(invoice)}/payments`, { method: 'cash', amount: '1' }));
    expect(inShort(await admin.post(`${path(invoice)}/void`))).toBe('409 invoice_has_online_payment');
  });

  it('VOID-3: deleting the payment, or taking it off, lets it be voided', async () => {
    const { admin } = await newAccount();
    const { id: contactId } = await newContact(admin);
    for (const isDeleted of [true, false]) {
      const invoice = await newInvoice(admin, { contactId });
      const payment = ok(await admin.post(`${path(invoice)}/payments`, { amount: '1', method: 'cash' }));
      expect(inShort(await admin.post(`${path(invoice)}/void`))).toBe('409 invoice_has_payments');
      const on = `${path(invoice)}/payments/${payment.id}`;
      expect((await admin.delete(isDeleted ? `/v1/payments/${payment.id}` : on)).status).toBe(204);
      expect(ok(await admin.post(`${path(invoice)}/void`))).toMatchObject({
        ...{ status: 'voided', amountPaid: '0.00', balanceDue: '100.00', documentVersion: 2 },
      });
    }
  });
});
