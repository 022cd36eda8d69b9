import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Actor } from '#lib/domain/actor.ts';
import { applyPayment, refuseOtherCurrency, takePaymentOff } from '#lib/domain/apply-payment.ts';
import type { InvoiceHeader } from '#lib/domain/invoice/invoice.ts';
import { compareAmounts, isZero, minus, plus } from '#lib/domain/money.ts';
import { maxApplications, type Payment } from '#lib/domain/payment.ts';
import { newPayment } from '#lib/domain/record-payment.ts';
import { Refusal } from '#lib/domain/refusal.ts';

const by: Actor = { type: 'member', id: 'mem_1', name: 'Ann' };
const stamp = { at: '2026-11-24T10:00:00.000Z', by };

const invoiceOf = (total: string, more: Partial<InvoiceHeader> = {}) =>
  ({
    ...{ id: 'inv_1', accountId: 'acc_1', status: 'open', number: 'INV-1001', currency: 'EUR' },
    ...{ version: 2, revision: 2, total, amountPaid: '0.00', balanceDue: total, paymentCount: 0 },
    ...{ hadOnlinePayment: false, updatedAt: '2026-11-24T09:00:00.000Z' },
    ...more,
  }) as InvoiceHeader & { number: string };

const paymentOf = (amount: string, more: Partial<Payment> = {}): Payment => ({
  ...newPayment(
    { amount, currency: 'EUR', method: 'cash' },
    { id: 'pay_1', accountId: 'acc_1', today: '2026-11-24', shards: 1, ...stamp },
  ),
  ...more,
});

const refusalOf = (run: () => unknown): string => {
  try {
    run();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const faults = (error.details.errors ?? []).map(({ pointer, code }) => `${pointer} ${code}`);
    return [error.code, ...faults].join(' ');
  }
  return 'none';
};

describe('applying a payment', () => {
  it('PAY-2: takes the smaller of balance and unapplied rest unless told', () => {
    expect(applyPayment(invoiceOf('30.00'), paymentOf('100'), undefined, stamp).amount).toBe('30.00');
    expect(applyPayment(invoiceOf('300.00'), paymentOf('100'), undefined, stamp).amount).toBe('100.00');
    expect(applyPayment(invoiceOf('300.00'), paymentOf('100'), '7.5', stamp).amount).toBe('7.50');
  });

  it('PAY-5: the invoice is paid when its balance is zero, and partly paid before', () => {
    const part = applyPayment(invoiceOf('30.00'), paymentOf('29.99'), undefined, stamp);
    expect(part.invoice).toMatchObject({ status: 'open', balanceDue: '0.01', paymentCount: 1, version: 3 });
    const whole = applyPayment(part.invoice as never, paymentOf('1', { id: 'pay_2' }), '0.01', stamp);
    expect(whole.invoice).toMatchObject({ status: 'paid', paidAt: stamp.at, paymentCount: 2 });
    expect(whole.payment).toMatchObject({ unapplied: '0.99', version: 2 });
  });

  it('PAY-9, PAY-4, PAY-3: refuses by status, then currency, then balance, then unapplied rest', () => {
    const foreign = paymentOf('1', { currency: 'USD' });
    for (const [status, code] of [
      ['draft', 'invoice_is_draft'],
      ['paid', 'invoice_paid'],
      ['voided', 'invoice_voided'],
    ] as const)
      expect(refusalOf(() => applyPayment(invoiceOf('5.00', { status }), foreign, '9', stamp))).toBe(code);
    const on = (payment: Payment, amount?: string) =>
      refusalOf(() => applyPayment(invoiceOf('5.00'), payment, amount, stamp));
    expect(on(foreign, '9')).toBe('currency_mismatch');
    expect(on(paymentOf('1'), '5.01')).toBe('payment_exceeds_balance');
    expect(on(paymentOf('1'), '1.01')).toBe('payment_exceeds_unapplied');
    expect(on(paymentOf('1', { unapplied: '0.00' }))).toBe('payment_exceeds_unapplied');
    expect(on(paymentOf('1'), '0.00')).toBe('invalid_request /amount too_small');
    expect(on(paymentOf('1'), '0.001')).toBe('invalid_request /amount too_many_decimals');
    expect(refusalOf(() => refuseOtherCurrency(invoiceOf('5.00'), 'EUR'))).toBe('none');
  });

  it('PAY-3: is on 40 invoices at most; more on one of them is no further one', () => {
    const applications = Array.from({ length: maxApplications }, (_, index) => ({
      ...{ invoiceId: `inv_${index}`, number: `INV-${index}`, amount: '1.00' },
    }));
    const payment = paymentOf('100', { unapplied: '60.00', applications });
    const strange = invoiceOf('5.00', { id: 'inv_40' });
    expect(refusalOf(() => applyPayment(strange, payment, '1', stamp))).toBe(
      'invalid_request /paymentId too_many_applications',
    );
    const known = applyPayment(invoiceOf('5.00', { id: 'inv_7' }), payment, '1', stamp);
    expect(known.payment.applications).toHaveLength(maxApplications);
    expect(known.onInvoice.amount).toBe('2.00');
  });

  it('PAY-7, PAY-8: comes off whole, unless it was made online', () => {
    const once = applyPayment(invoiceOf('30.00'), paymentOf('100'), '10', stamp);
    const twice = applyPayment(once.invoice as never, once.payment, '20', stamp);
    expect(twice).toMatchObject({ invoice: { status: 'paid', paymentCount: 1 }, amount: '20.00' });
    const off = takePaymentOff(twice.invoice, twice.payment, stamp);
    expect(off).toMatchObject({
      ...{ amount: '30.00', payment: { unapplied: '100.00', applications: [] } },
      invoice: { status: 'open', balanceDue: '30.00', amountPaid: '0.00', paymentCount: 0 },
    });
    expect(off?.invoice.paidAt).toBeUndefined();
    expect(takePaymentOff(invoiceOf('30.00', { id: 'inv_2' }), twice.payment, stamp)).toBeUndefined();
    const online = { ...twice.payment, online: true };
    expect(refusalOf(() => takePaymentOff(twice.invoice, online, stamp))).toBe('payment_is_online');
  });

  it('PAY-3: whatever is applied and taken off, no cent is made or lost', () => {
    const cents = (value: number) => (value / 100).toFixed(2);
    const step = fc.record({
      invoice: fc.nat(2),
      payment: fc.nat(2),
      amount: fc.option(fc.integer({ min: 1, max: 9_000 }).map(cents), { nil: undefined }),
      isOff: fc.boolean(),
    });
    const amounts = fc.array(fc.integer({ min: 1, max: 9_000 }), { minLength: 3, maxLength: 3 });
    fc.assert(
      fc.property(amounts, amounts, fc.array(step, { maxLength: 40 }), (totals, paid, steps) => {
        const invoices = totals.map((total, index) => invoiceOf(cents(total), { id: `inv_${index}` }));
        const payments = paid.map((amount, index) => paymentOf(cents(amount), { id: `pay_${index}` }));
        for (const { invoice, payment, amount, isOff } of steps) {
          const [onto, of] = [invoices[invoice], payments[payment]] as const;
          if (onto === undefined || of === undefined) continue;
          try {
            const next = isOff ? takePaymentOff(onto, of, stamp) : applyPayment(onto, of, amount, stamp);
            if (next === undefined) continue;
            invoices[invoice] = next.invoice as (typeof invoices)[number];
            payments[payment] = next.payment;
          } catch (error) {
            if (!(error instanceof Refusal)) throw error;
          }
          for (const one of invoices) {
            const onIt = payments.flatMap(({ applications }) =>
              applications.filter(({ invoiceId }) => invoiceId === one.id),
            );
            const sum = onIt.reduce((all, each) => plus(all, each.amount, 'EUR'), '0.00');
            expect(one.amountPaid).toBe(sum);
            expect(one.balanceDue).toBe(minus(one.total, sum, 'EUR'));
            expect(one.paymentCount).toBe(onIt.length);
            expect(one.status).toBe(isZero(one.balanceDue) ? 'paid' : 'open');
          }
          for (const one of payments) {
            const applied = one.applications.reduce((all, each) => plus(all, each.amount, 'EUR'), '0.00');
            expect(plus(applied, one.unapplied, 'EUR')).toBe(one.amount);
            expect(compareAmounts(one.unapplied, '0')).toBeGreaterThanOrEqual(0);
          }
        }
      }),
    );
  });
});
