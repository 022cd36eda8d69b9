import { found, idOf } from '#functions/http/existing.ts';
import { handle } from '#functions/http/handler.ts';
import { cancelSession } from '#functions/online/cancel-session.ts';
import { table } from '#functions/wiring/table.ts';
import { deleteRecord, readRecord } from '#lib/data/collection.ts';
import { payments } from '#lib/data/collections.ts';
import { following, putHistory } from '#lib/data/history.ts';
import { deleteAppliedPayment, putHeader, readHeader } from '#lib/data/invoices.ts';
import { Stale } from '#lib/data/transaction.ts';
import { takePaymentOff } from '#lib/domain/apply-payment.ts';
import { changesBetween } from '#lib/domain/history/changes.ts';
import type { InvoiceHeader } from '#lib/domain/invoice/invoice.ts';
import { ifProcessing, refuseIf } from '#lib/domain/invoice/refusals.ts';
import type { Payment } from '#lib/domain/payment.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { deletePayment } from './contract.ts';

/** The invoices that the payment is on: at most 40 (PAY-3). */
const invoicesOf = (payment: Payment): Promise<InvoiceHeader[]> =>
  Promise.all(
    payment.applications.map(async ({ invoiceId }) => {
      const invoice = await readHeader(table(), payment.accountId, invoiceId);
      // An invoice with a payment on it can't be deleted (DEL-2): the payment was read before it came off.
      if (invoice === undefined) throw new Stale(`invoice ${invoiceId} is gone`);
      return invoice;
    }),
  );

export const handler = handle(deletePayment, {
  run: async ({ caller, params, now, expectVersion, transaction, change }) => {
    const { accountId, actor } = caller;
    const payment = found(await readRecord(table(), payments, accountId, idOf('pay', params.paymentId)));
    expectVersion(payment.version);
    if (payment.online) throw new Refusal('payment_is_online');
    const writes = transaction();
    const stamp = change('payment_deleted', { paymentId: payment.id, amount: payment.amount });
    let rest = payment;
    for (const invoice of await invoicesOf(payment)) {
      const taken = takePaymentOff(invoice, rest, { at: now, by: actor });
      if (taken === undefined) continue;
      refuseIf(ifProcessing(invoice));
      await cancelSession(invoice, 'payment_processing');
      rest = taken.payment;
      putHeader(writes, invoice, taken.invoice, {
        ...stamp,
        version: taken.invoice.version,
        amount: taken.amount,
      });
      deleteAppliedPayment(writes, invoice, payment.id);
    }
    deleteRecord(writes, payments, payment);
    const gone = changesBetween(payment, {});
    const last = following(payment, { ...stamp, version: payment.version });
    putHistory(writes, accountId, payment.id, last, gone);
    await writes.commit();
    return {};
  },
});
