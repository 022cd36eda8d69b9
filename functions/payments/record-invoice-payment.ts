import { accountSettings } from '#functions/http/existing.ts';
import { handle } from '#functions/http/handler.ts';
import { loadHeader } from '#functions/invoices/load-invoice.ts';
import { cancelSession } from '#functions/online/cancel-session.ts';
import { putRecord } from '#lib/data/collection.ts';
import { payments } from '#lib/data/collections.ts';
import { putAppliedPayment, putHeader } from '#lib/data/invoices.ts';
import { applyPayment, refuseOtherCurrency } from '#lib/domain/apply-payment.ts';
import { dayIn } from '#lib/domain/day.ts';
import { isFinalized } from '#lib/domain/invoice/invoice.ts';
import { refuseIf, whyNotPaid } from '#lib/domain/invoice/refusals.ts';
import { withoutNulls } from '#lib/domain/patch.ts';
import { newPayment } from '#lib/domain/record-payment.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { recordInvoicePayment } from './contract.ts';
import { refuseUnknownContact } from './payment-contact.ts';
import { replayPayment } from './replay-payment.ts';
import { showPayment } from './show-payment.ts';

export const handler = handle(recordInvoicePayment, {
  run: async ({ caller, params, body, now, newId, expectVersion, transaction, change }) => {
    const { accountId, actor } = caller;
    const [invoice, account] = await Promise.all([
      loadHeader(accountId, params.invoiceId),
      accountSettings(accountId),
    ]);
    expectVersion(invoice.version);
    refuseIf(whyNotPaid(invoice));
    if (!isFinalized(invoice)) throw new Refusal('invoice_is_draft');
    const given = withoutNulls(body);
    refuseOtherCurrency(invoice, given.currency ?? invoice.currency);
    const recorded = newPayment(
      {
        ...given,
        contactId: given.contactId ?? invoice.contactId,
        amount: given.amount ?? invoice.balanceDue,
        currency: given.currency ?? invoice.currency,
      },
      {
        ...{ id: newId('pay'), accountId, shards: account.shards },
        ...{ today: dayIn(account.timeZone, now), at: now, by: actor },
      },
    );
    const paid = applyPayment(invoice, recorded, recorded.amount, { at: now, by: actor });
    await refuseUnknownContact(accountId, given.contactId);
    await cancelSession(invoice, 'payment_processing');
    const payment = { ...paid.payment, version: 1 };
    const writes = transaction({ paymentId: payment.id });
    const stamp = change('payment_recorded', {
      ...{ version: paid.invoice.version, paymentId: payment.id, amount: paid.amount },
    });
    putHeader(writes, invoice, paid.invoice, stamp);
    putAppliedPayment(writes, invoice, paid.onInvoice);
    putRecord(writes, payments, undefined, payment, {
      subject: payment.id,
      change: { ...stamp, version: payment.version },
    });
    await writes.commit();
    return { result: showPayment(payment), version: payment.version };
  },
  replay: replayPayment,
});
