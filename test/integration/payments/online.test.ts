import { describe, expect, it } from 'vitest';
import { appliedPaymentKey, headerKey, paymentKey } from '#lib/data/keys.ts';
import { newAccount, newInvoice, ok, type TestAccount } from '#test/support/account.ts';
import { inShort } from '#test/support/answers.ts';
import type { Json } from '#test/support/service.ts';
import { patchStored } from '#test/support/shared-table.ts';

/** An invoice with a payment of that amount on it, in the table as one that was made online. */
const paidOnline = async ({ id: accountId, admin }: TestAccount, amount: string) => {
  const invoice = await newInvoice(admin);
  const payment = ok(await admin.post(`/v1/invoices/${invoice.id}/payments`, { amount, method: 'card' }));
  await patchStored(paymentKey(accountId, payment.id), { online: true });
  await patchStored(appliedPaymentKey(accountId, invoice.id, payment.id), { online: true });
  await patchStored(headerKey(accountId, invoice.id), { hadOnlinePayment: true });
  return { invoice: `/v1/invoices/${invoice.id}`, payment: `/v1/payments/${payment.id}`, id: payment.id };
};

describe('a payment made online', () => {
  it('PAY-8: can be neither deleted nor taken off, and stays as it is', async () => {
    const account = await newAccount();
    const { admin } = account;
    const { invoice, payment, id } = await paidOnline(account, '40');
    const before = [ok(await admin.get(invoice)), ok(await admin.get(payment))];
    expect(before[0].payments).toMatchObject([{ id, online: true, amount: '40.00' }]);
    expect(inShort(await admin.delete(payment))).toBe('409 payment_is_online');
    expect(inShort(await admin.delete(`${invoice}/payments/${id}`))).toBe('409 payment_is_online');
    const stale = { headers: { 'if-match': '"99"' } };
    expect(inShort(await admin.delete(payment, stale))).toBe('412 version_conflict');
    expect(inShort(await admin.delete(`${invoice}/payments/${id}`, stale))).toBe('412 version_conflict');
    expect([ok(await admin.get(invoice)), ok(await admin.get(payment))]).toEqual(before);
  });

  it('PAY-8: manual payments beside it can be taken off all the same', async () => {
    const account = await newAccount();
    const { admin } = account;
    const { invoice } = await paidOnline(account, '40');
    const manual: Json = ok(await admin.post(`${invoice}/payments`, { method: 'cash' }));
    expect(ok(await admin.get(invoice)).status).toBe('paid');
    expect(inShort(await admin.delete(`/v1/payments/${manual.id}`))).toBe('204');
    expect(ok(await admin.get(invoice))).toMatchObject({ status: 'open', balanceDue: '60.00' });
  });

  it('VOID-2: keeps its invoice from being voided, the paid one too', async () => {
    const account = await newAccount();
    const { admin } = account;
    for (const amount of ['40', '100']) {
      const { invoice } = await paidOnline(account, amount);
      expect(ok(await admin.get(invoice)).actions.void).toBe('invoice_has_online_payment');
      expect(inShort(await admin.post(`${invoice}/void`))).toBe('409 invoice_has_online_payment');
      const stale = { headers: { 'if-match': '"99"' } };
      expect(inShort(await admin.post(`${invoice}/void`, {}, stale))).toBe('412 version_conflict');
    }
  });

  it('DEL-2, EDIT-2: keeps its invoice from being deleted and edited', async () => {
    const account = await newAccount();
    const { admin } = account;
    ok(await admin.patch('/v1/settings', { allowDeleteFinalized: true, allowEditFinalized: true }));
    const part = await paidOnline(account, '40');
    expect(inShort(await admin.delete(part.invoice))).toBe('409 invoice_has_payments');
    expect(inShort(await admin.patch(part.invoice, { title: 'New' }))).toBe('409 invoice_has_payments');
    const whole = await paidOnline(account, '100');
    expect(inShort(await admin.delete(whole.invoice))).toBe('409 invoice_paid');
    expect(inShort(await admin.patch(whole.invoice, { title: 'New' }))).toBe('409 invoice_paid');
  });
});
