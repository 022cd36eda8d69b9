import { found, idOf } from '#functions/http/existing.ts';
import { handle } from '#functions/http/handler.ts';
import { loadHeader } from '#functions/invoices/load-invoice.ts';
import { cancelSession } from '#functions/online/cancel-session.ts';
import { table } from '#functions/wiring/table.ts';
import { putRecord, readRecord } from '#lib/data/collection.ts';
import { payments } from '#lib/data/collections.ts';
import { following } from '#lib/data/history.ts';
import { deleteAppliedPayment, putHeader } from '#lib/data/invoices.ts';
import { takePaymentOff } from '#lib/domain/apply-payment.ts';
import { ifProcessing, refuseIf } from '#lib/domain/invoice/refusals.ts';
import { takeOffPayment } from './contract.ts';

export const handler = handle(takeOffPayment, {
  run: async ({ caller, params, now, expectVersion, transaction, change }) => {
    const { accountId, actor } = caller;
    // Looked at before anything is under way: what throws in between leaves a rejection that nobody waits for.
    const paymentId = idOf('pay', params.paymentId);
    const [invoice, payment] = await Promise.all([
      loadHeader(accountId, params.invoiceId),
      readRecord(table(), payments, accountId, paymentId).then(found),
    ]);
    if (payment.applications.every(({ invoiceId }) => invoiceId !== invoice.id)) found(undefined);
    expectVersion(invoice.version);
    const taken = found(takePaymentOff(invoice, payment, { at: now, by: actor }));
    refuseIf(ifProcessing(invoice));
    await cancelSession(invoice, 'payment_processing');
    const writes = transaction();
    const stamp = change('payment_taken_off', {
      ...{ version: taken.invoice.version, paymentId: payment.id, amount: taken.amount },
    });
    putHeader(writes, invoice, taken.invoice, stamp);
    deleteAppliedPayment(writes, invoice, payment.id);
    putRecord(writes, payments, payment, taken.payment, {
      subject: payment.id,
      change: following(payment, { ...stamp, version: taken.payment.version }),
    });
    await writes.commit();
    return {};
  },
});
