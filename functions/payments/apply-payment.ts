import { handle } from '#functions/http/handler.ts';
import { answerInvoice, replayInvoice } from '#functions/invoices/answer-invoice.ts';
import { decidedOn, loadInvoice } from '#functions/invoices/load-invoice.ts';
import { cancelSession } from '#functions/online/cancel-session.ts';
import { table } from '#functions/wiring/table.ts';
import { putRecord, readRecord } from '#lib/data/collection.ts';
import { payments } from '#lib/data/collections.ts';
import { following } from '#lib/data/history.ts';
import { putAppliedPayment, putHeader } from '#lib/data/invoices.ts';
import { applyPayment as apply } from '#lib/domain/apply-payment.ts';
import { isFinalized } from '#lib/domain/invoice/invoice.ts';
import { refuseIf, whyNotPaid } from '#lib/domain/invoice/refusals.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { applyPayment } from './contract.ts';

export const handler = handle(applyPayment, {
  run: async ({ caller, params, body, now, expectVersion, transaction, change }) => {
    const { accountId, actor } = caller;
    const { invoice, account } = await loadInvoice(accountId, params.invoiceId);
    expectVersion(invoice.version);
    refuseIf(whyNotPaid(invoice));
    if (!isFinalized(invoice)) throw new Refusal('invoice_is_draft');
    const payment = await readRecord(table(), payments, accountId, body.paymentId);
    if (payment === undefined)
      throw new Refusal('invalid_request', {
        errors: [{ pointer: '/paymentId', code: 'not_found', detail: 'is not a payment of this account' }],
      });
    const paid = await decidedOn(invoice, () =>
      apply(invoice, payment, body.amount ?? undefined, { at: now, by: actor }),
    );
    await cancelSession(invoice, 'payment_processing');
    const writes = transaction({ invoiceId: invoice.id });
    const stamp = change('payment_applied', {
      ...{ version: paid.invoice.version, paymentId: payment.id, amount: paid.amount },
    });
    const header = putHeader(writes, invoice, paid.invoice, stamp);
    putAppliedPayment(writes, invoice, paid.onInvoice);
    putRecord(writes, payments, payment, paid.payment, {
      subject: payment.id,
      change: following(payment, { ...stamp, version: paid.payment.version }),
    });
    await writes.commit();
    const listed = [...invoice.payments.filter(({ id }) => id !== payment.id), paid.onInvoice];
    return answerInvoice({ ...invoice, ...header, payments: listed }, account, now);
  },
  replay: replayInvoice,
});
