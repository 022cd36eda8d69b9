import { describe, expect, it } from 'vitest';
import { line, memberWith, newAccount, newDraft, newInvoice, ok } from '#test/support/account.ts';
import { faultsOf, inShort } from '#test/support/answers.ts';
import type { Json } from '#test/support/service.ts';

const unknownInvoice = { id: 'inv_01JD4M8ZQ5W7R3T9Y2K6H0N1VX' };
const unknownPayment = { id: 'pay_01JD4M8ZQ5W7R3T9Y2K6H0N1VX' };
const stale = { headers: { 'if-match': '"77"' } };
const on = ({ id }: Json) => `/v1/invoices/${id}/payments`;

/** One invoice of each status, and payments in two currencies. */
const scene = async () => {
  const account = await newAccount();
  const { admin } = account;
  const [draft, open, paid, voided] = [
    await newDraft(admin),
    await newInvoice(admin),
    await newInvoice(admin),
    await newInvoice(admin),
  ];
  const payment = ok(await admin.post(on(paid), { method: 'cash' }));
  ok(await admin.post(`/v1/invoices/${voided.id}/void`));
  const euros = ok(await admin.post('/v1/payments', { amount: '10', method: 'cash' }));
  const dollars = ok(await admin.post('/v1/payments', { amount: '10', method: 'cash', currency: 'USD' }));
  return { account, admin, draft, open, paid, voided, payment, euros, dollars };
};

describe('several faults at once are answered in the order of the rules', () => {
  it('PAY-9, PAY-4, PAY-3: recording a payment', async () => {
    const { account, admin, draft, open, paid, voided } = await scene();
    const clerk = await memberWith(account, ['payments.read', 'invoices.write']);
    const wrong = { amount: '1000', currency: 'USD', date: '2199-01-01', method: 'cash' };
    const unknownContact = { contactId: 'con_01JD4M8ZQ5W7R3T9Y2K6H0N1VX' };
    expect(inShort(await clerk.post(on(unknownInvoice), { method: 'gold' }))).toBe('403 permission_denied');
    expect(inShort(await admin.post(on(unknownInvoice), { method: 'gold' }))).toBe('422 invalid_request');
    expect(inShort(await admin.post(on(unknownInvoice), wrong, stale))).toBe('404 not_found');
    expect(inShort(await admin.post(on(voided), wrong, stale))).toBe('412 version_conflict');
    expect(inShort(await admin.post(on(draft), wrong))).toBe('409 invoice_is_draft');
    expect(inShort(await admin.post(on(paid), wrong))).toBe('409 invoice_paid');
    expect(inShort(await admin.post(on(voided), wrong))).toBe('409 invoice_voided');
    expect(inShort(await admin.post(on(open), wrong))).toBe('422 currency_mismatch');
    const over = { amount: '1000', method: 'cash', ...unknownContact };
    expect(inShort(await admin.post(on(open), over))).toBe('409 payment_exceeds_balance');
    const last = await admin.post(on(open), { method: 'cash', ...unknownContact });
    expect(faultsOf(last)).toEqual(['/contactId not_found']);
    expect(ok(await admin.get(`/v1/invoices/${open.id}`))).toEqual(open);
  });

  it('PAY-9, PAY-4, PAY-3: applying a payment', async () => {
    const { account, admin, draft, open, paid, voided, euros, dollars } = await scene();
    const clerk = await memberWith(account, ['payments.read']);
    const apply = (invoice: Json) => `${on(invoice)}/apply`;
    const wrong = { paymentId: unknownPayment.id, amount: '1000' };
    expect(inShort(await clerk.post(apply(unknownInvoice), {}))).toBe('403 permission_denied');
    expect(inShort(await admin.post(apply(unknownInvoice), {}, stale))).toBe('422 invalid_request');
    expect(inShort(await admin.post(apply(unknownInvoice), wrong, stale))).toBe('404 not_found');
    expect(inShort(await admin.post(apply(draft), wrong, stale))).toBe('412 version_conflict');
    expect(inShort(await admin.post(apply(draft), wrong))).toBe('409 invoice_is_draft');
    expect(inShort(await admin.post(apply(paid), wrong))).toBe('409 invoice_paid');
    expect(inShort(await admin.post(apply(voided), wrong))).toBe('409 invoice_voided');
    expect(faultsOf(await admin.post(apply(open), wrong))).toEqual(['/paymentId not_found']);
    const other = { paymentId: dollars.id, amount: '1000' };
    expect(inShort(await admin.post(apply(open), other))).toBe('422 currency_mismatch');
    const over = (amount: string) => ({ paymentId: euros.id, amount });
    expect(inShort(await admin.post(apply(open), over('100.01')))).toBe('409 payment_exceeds_balance');
    expect(inShort(await admin.post(apply(open), over('10.01')))).toBe('409 payment_exceeds_unapplied');
    expect(ok(await admin.get(`/v1/invoices/${open.id}`))).toEqual(open);
    expect(ok(await admin.get(`/v1/payments/${euros.id}`))).toEqual(euros);
  });

  it('PAY-7: taking a payment off, and deleting it', async () => {
    const { account, admin, open, paid, payment, euros } = await scene();
    const clerk = await memberWith(account, ['payments.read']);
    const off = (invoice: Json, { id }: Json) => `${on(invoice)}/${id}`;
    expect(inShort(await clerk.delete(off(unknownInvoice, payment)))).toBe('403 permission_denied');
    for (const path of [
      off(unknownInvoice, payment),
      off(paid, unknownPayment),
      off(open, payment),
      off(paid, euros),
      `/v1/payments/${unknownPayment.id}`,
      `/v1/payments/${open.id}`,
    ])
      expect(inShort(await admin.delete(path, stale))).toBe('404 not_found');
    expect(inShort(await admin.delete(off(paid, payment), stale))).toBe('412 version_conflict');
    expect(inShort(await admin.delete(`/v1/payments/${payment.id}`, stale))).toBe('412 version_conflict');
    expect(inShort(await clerk.delete(`/v1/payments/${payment.id}`))).toBe('403 permission_denied');
    expect(ok(await admin.get(`/v1/invoices/${paid.id}`)).status).toBe('paid');
  });

  it('VOID-1, VOID-3: voiding', async () => {
    const { account, admin, draft, open, paid, voided } = await scene();
    const clerk = await memberWith(account, ['invoices.read', 'payments.write', 'invoices.edit_finalized']);
    const voiding = ({ id }: Json) => `/v1/invoices/${id}/void`;
    expect(inShort(await clerk.post(voiding(unknownInvoice), { why: 1 }))).toBe('403 permission_denied');
    expect(inShort(await admin.post(voiding(unknownInvoice), { why: 1 }))).toBe('422 invalid_request');
    expect(inShort(await admin.post(voiding(unknownInvoice), {}, stale))).toBe('404 not_found');
    expect(inShort(await admin.post(voiding(paid), {}, stale))).toBe('412 version_conflict');
    expect(inShort(await admin.post(voiding(draft)))).toBe('409 invoice_is_draft');
    // Paid, and with a payment on it: the status answers.
    expect(inShort(await admin.post(voiding(paid)))).toBe('409 invoice_paid');
    expect(inShort(await admin.post(voiding(voided)))).toBe('409 invoice_voided');
    ok(await admin.post(on(open), { method: 'cash', amount: '1' }));
    expect(inShort(await admin.post(voiding(open)))).toBe('409 invoice_has_payments');
  });

  it('DEL-1, DEL-2: deleting a finalized invoice', async () => {
    const { account, admin, open, paid, voided } = await scene();
    const path = ({ id }: Json) => `/v1/invoices/${id}`;
    const reader = await memberWith(account, ['invoices.read', 'payments.write']);
    const writer = await memberWith(account, ['invoices.write', 'invoices.read']);
    const editor = await memberWith(account, ['invoices.edit_finalized']);
    expect(inShort(await reader.delete(path(unknownInvoice)))).toBe('403 permission_denied');
    // Who has one of the possible permissions learns first that there is none, then which one is needed.
    expect(inShort(await writer.delete(path(unknownInvoice), stale))).toBe('404 not_found');
    const denied = await writer.delete(path(paid), stale);
    expect([inShort(denied), denied.body.permission]).toEqual([
      '403 permission_denied',
      'invoices.edit_finalized',
    ]);
    expect(inShort(await editor.delete(path(paid), stale))).toBe('412 version_conflict');
    expect(inShort(await editor.delete(path(paid)))).toBe('409 deletion_disabled');
    ok(await admin.patch('/v1/settings', { allowDeleteFinalized: true }));
    expect(inShort(await editor.delete(path(paid)))).toBe('409 invoice_paid');
    ok(await admin.post(on(open), { method: 'cash', amount: '1' }));
    expect(inShort(await editor.delete(path(open)))).toBe('409 invoice_has_payments');
    expect(inShort(await editor.delete(path(voided)))).toBe('204');
    expect(inShort(await editor.delete(path(voided)))).toBe('404 not_found');
  });

  it('LIFE-3, LIFE-5: finalizing', async () => {
    const { account, admin, draft, open } = await scene();
    const reader = await memberWith(account, ['invoices.read']);
    const path = ({ id }: Json) => `/v1/invoices/${id}/finalize`;
    ok(await admin.patch(`/v1/invoices/${draft.id}`, { lineItems: [] }));
    expect(inShort(await reader.post(path(unknownInvoice), { x: 1 }))).toBe('403 permission_denied');
    expect(inShort(await admin.post(path(unknownInvoice), {}, stale))).toBe('404 not_found');
    expect(inShort(await admin.post(path(open), {}, stale))).toBe('412 version_conflict');
    expect(inShort(await admin.post(path(open)))).toBe('409 invoice_not_draft');
    expect(inShort(await admin.post(path(draft), {}, stale))).toBe('412 version_conflict');
    expect(faultsOf(await admin.post(path(draft)))).toEqual(['/lineItems required']);
    ok(await admin.patch(`/v1/invoices/${draft.id}`, { lineItems: [line()] }));
    expect(inShort(await admin.post(path(draft)))).toBe('200');
  });
});
