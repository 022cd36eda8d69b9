import { describe, expect, it } from 'vitest';
import { apiKeyWith, memberWith, newAccount, newInvoice, ok } from '#test/support/account.ts';
import { inShort } from '#test/support/answers.ts';
import { eventually, type Json } from '#test/support/service.ts';

describe('a manual payment', () => {
  it('PAY-7: taken off, the balance comes back, a paid invoice is open, the payment is there to be applied', async () => {
    const { admin } = await newAccount();
    const invoice = await newInvoice(admin);
    const path = `/v1/invoices/${invoice.id}`;
    const payment = ok(await admin.post(`${path}/payments`, { method: 'cash' }));
    expect(ok(await admin.get(path))).toMatchObject({ status: 'paid', version: 3 });
    expect(inShort(await admin.delete(`${path}/payments/${payment.id}`))).toBe('204');
    expect(ok(await admin.get(path))).toMatchObject({
      ...{ status: 'open', paidAt: null, amountPaid: '0.00', balanceDue: '100.00', partiallyPaid: false },
      ...{ payments: [], version: 4, documentVersion: 1 },
      actions: { pay: null, void: null, edit: 'editing_disabled' },
    });
    expect(ok(await admin.get(`/v1/payments/${payment.id}`))).toMatchObject({
      ...{ unapplied: '100.00', applications: [], version: 2 },
    });
    expect(inShort(await admin.delete(`${path}/payments/${payment.id}`))).toBe('404 not_found');
    expect(ok(await admin.post(`${path}/payments/apply`, { paymentId: payment.id })).status).toBe('paid');
  });

  it('PAY-7: deleted, it is gone from everywhere but the histories', async () => {
    const account = await newAccount();
    const { admin } = account;
    const key = await apiKeyWith(account, ['payments.write', 'payments.read']);
    const clerk = await memberWith(account, ['payments.write', 'invoices.read']);
    const [first, second] = [await newInvoice(admin), await newInvoice(admin)];
    const payment = ok(
      await key.post('/v1/payments', { amount: '150', method: 'check', reference: 'CHQ 9', note: 'By post' }),
    );
    const on = ({ id }: Json) => `/v1/invoices/${id}/payments`;
    ok(await clerk.post(`${on(first)}/apply`, { paymentId: payment.id }));
    ok(await admin.post(`${on(second)}/apply`, { paymentId: payment.id, amount: '20' }));
    expect(inShort(await clerk.delete(`${on(second)}/${payment.id}`))).toBe('204');
    ok(await admin.post(`${on(second)}/apply`, { paymentId: payment.id }));
    expect(inShort(await clerk.delete(`/v1/payments/${payment.id}`))).toBe('204');
    expect(inShort(await clerk.delete(`/v1/payments/${payment.id}`))).toBe('404 not_found');
    expect(inShort(await key.get(`/v1/payments/${payment.id}`))).toBe('404 not_found');
    for (const invoice of [first, second])
      expect(ok(await admin.get(`/v1/invoices/${invoice.id}`))).toMatchObject({
        ...{ status: 'open', amountPaid: '0.00', balanceDue: '100.00', payments: [] },
      });
    await eventually(async () => {
      const { data } = ok(await key.get('/v1/payments'));
      return data.length === 0 || undefined;
    }, 'it is gone from the list');

    const story = await eventually(async () => {
      const { data } = ok(await key.get(`/v1/payments/${payment.id}/history`));
      return data.length === 6 ? data : undefined;
    }, 'its history is whole');
    const by = (name: string) => expect.objectContaining({ name });
    expect(story.map(({ action, actor, amount }: Json) => [action, actor.type, actor.name, amount])).toEqual([
      ['payment_recorded', 'apiKey', 'Test key', '150.00'],
      ['payment_applied', 'member', 'Kim Member', '100.00'],
      ['payment_applied', 'member', 'Alex Founder', '20.00'],
      ['payment_taken_off', 'member', 'Kim Member', '20.00'],
      ['payment_applied', 'member', 'Alex Founder', '50.00'],
      ['payment_deleted', 'member', 'Kim Member', '150.00'],
    ]);
    const last = story.at(-1);
    expect(last.changes).toContainEqual({ property: 'reference', from: 'CHQ 9', to: null });
    expect(last.changes).toContainEqual({ property: 'amount', from: '150.00', to: null });
    const told = await eventually(async () => {
      const { data } = ok(await admin.get(`/v1/invoices/${second.id}/history`));
      return data.length === 6 ? data : undefined;
    }, 'the invoice’s history is whole');
    expect(told.slice(2)).toMatchObject([
      { action: 'payment_applied', amount: '20.00', paymentId: payment.id },
      { action: 'payment_taken_off', amount: '20.00', actor: by('Kim Member') },
      { action: 'payment_applied', amount: '50.00' },
      { action: 'payment_deleted', amount: '50.00', paymentId: payment.id, actor: by('Kim Member') },
    ]);
    expect(told.at(-1).changes).toContainEqual({ property: 'balanceDue', from: '50.00', to: '100.00' });
  });

  it('PAY-7: that is on no invoice is deleted as well', async () => {
    const { admin } = await newAccount();
    const { id } = ok(await admin.post('/v1/payments', { amount: '1', method: 'cash' }));
    expect(inShort(await admin.delete(`/v1/payments/${id}`, { headers: { 'if-match': '"1"' } }))).toBe('204');
    expect(ok(await admin.get(`/v1/payments/${id}/history`)).data.at(-1)).toMatchObject({
      ...{ action: 'payment_deleted', paymentId: id, amount: '1.00' },
    });
  });
});
