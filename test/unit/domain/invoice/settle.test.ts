import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { InvoiceHeader } from '#lib/domain/invoice/invoice.ts';
import { voided, withoutPayment, withPayment } from '#lib/domain/invoice/settle.ts';
import { at, draftOf, finalizedOf, somebody } from './invoice-builders.ts';
import { refusalOf } from './refusal-of.ts';

const stamp = { at, by: somebody };
const paid = (invoice: InvoiceHeader, amount: string, more: { online?: boolean; isFirst?: boolean } = {}) =>
  withPayment(invoice, { amount, online: false, isFirst: true, ...more }, stamp);
const invoiceOf = (total: string, currency = 'EUR') =>
  finalizedOf(draftOf({ currency, lineItems: [{ name: 'All', quantity: '1', unitPrice: total }] }));

describe('money on an invoice', () => {
  it('PAY-5: pays it when nothing is left, in any decimals of its currency', () => {
    const open = paid(invoiceOf('3.000', 'KWD'), '2.999');
    expect(open).toMatchObject({ status: 'open', balanceDue: '0.001', amountPaid: '2.999', paymentCount: 1 });
    expect(paid(open, '0.001')).toMatchObject({ status: 'paid', paidAt: at, balanceDue: '0.000' });
  });

  it('PAY-3: is at most the balance', () => {
    expect(refusalOf(() => paid(invoiceOf('10'), '10.01'))).toBe('payment_exceeds_balance');
    expect(refusalOf(() => paid(paid(invoiceOf('10'), '4'), '6.01'))).toBe('payment_exceeds_balance');
  });

  it('PAY-9: is taken by an open invoice alone', () => {
    expect(refusalOf(() => paid(draftOf(), '1'))).toBe('invoice_is_draft');
    expect(refusalOf(() => paid(paid(invoiceOf('10'), '10'), '1'))).toBe('invoice_paid');
    expect(refusalOf(() => paid(voided(invoiceOf('10'), stamp), '1'))).toBe('invoice_voided');
  });

  it('PAY-7: taken off is owed again, and a paid invoice is open again', () => {
    const whole = paid(invoiceOf('10'), '10');
    expect(withoutPayment(whole, '10.00', stamp)).toMatchObject({
      ...{ status: 'open', paidAt: undefined, amountPaid: '0.00', balanceDue: '10.00', paymentCount: 0 },
    });
  });

  it('PAY-5: whatever is paid and taken off, what is paid and what is owed make the total', () => {
    const cents = fc.integer({ min: 1, max: 50_000 });
    fc.assert(
      fc.property(fc.array(fc.tuple(cents, fc.boolean()), { maxLength: 20 }), (steps) => {
        let invoice: InvoiceHeader = invoiceOf('1000');
        let sum = 0;
        const on: number[] = [];
        for (const [size, isOff] of steps) {
          const last = on.at(-1);
          if (isOff && last !== undefined) {
            on.pop();
            sum -= last;
            invoice = withoutPayment(invoice, (last / 100).toFixed(2), stamp);
          } else if (sum + size <= 100_000 && sum < 100_000) {
            on.push(size);
            sum += size;
            invoice = paid(invoice, (size / 100).toFixed(2));
          }
          expect(invoice).toMatchObject({
            amountPaid: (sum / 100).toFixed(2),
            balanceDue: ((100_000 - sum) / 100).toFixed(2),
            status: sum === 100_000 ? 'paid' : 'open',
            paymentCount: on.length,
          });
        }
      }),
    );
  });

  it('VOID-2: once it came online, the invoice can’t be voided, even when it was taken off', () => {
    const online = withoutPayment(paid(invoiceOf('10'), '4', { online: true }), '4.00', stamp);
    expect(refusalOf(() => voided({ ...invoiceOf('10'), ...online }, stamp))).toBe(
      'invoice_has_online_payment',
    );
  });
});

describe('voiding', () => {
  it('VOID-1: keeps number and amounts, and gives the document another version', () => {
    const invoice = invoiceOf('10');
    const gone = voided(invoice, stamp);
    expect(gone).toMatchObject({
      status: 'voided',
      voidedAt: at,
      documentVersion: 2,
      number: invoice.number,
    });
    expect(gone).toMatchObject({ total: '10.00', balanceDue: '10.00', version: invoice.version + 1 });
    expect(refusalOf(() => voided(gone, stamp))).toBe('invoice_voided');
    expect(refusalOf(() => voided(draftOf(), stamp))).toBe('invoice_is_draft');
  });

  it('VOID-3: not while a payment is on it', () => {
    const header = paid(invoiceOf('10'), '4');
    expect(refusalOf(() => voided({ ...invoiceOf('10'), ...header }, stamp))).toBe('invoice_has_payments');
  });
});
