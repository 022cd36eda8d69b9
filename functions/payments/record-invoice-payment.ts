import { accountSettings } from '#functions/http/existing.ts';
import { handle } from '#functions/http/handler.ts';
import { loadHeader } from '#functions/invoices/load-invoice.ts';
import { table } from '#functions/wiring/table.ts';
import { putRecord, readRecord } from '#lib/data/collection.ts';
import { contacts, payments } from '#lib/data/collections.ts';
import { putAppliedPayment, putHeader } from '#lib/data/invoices.ts';
import { dayIn } from '#lib/domain/day.ts';
import { isFinalized } from '#lib/domain/invoice/invoice.ts';
import { refuseIf, whyNotPaid } from '#lib/domain/invoice/refusals.ts';
import { withPayment } from '#lib/domain/invoice/settle.ts';
import { withoutNulls } from '#lib/domain/patch.ts';
import { apply, newPayment } from '#lib/domain/record-payment.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { recordInvoicePayment } from './contract.ts';
import { showPayment } from './show-payment.ts';

/** The contact that paid: a given one must be of this account. @throws Refusal invalid_request */
const emailOf = async (
  accountId: string,
  contactId: string | undefined,
  isGiven: boolean,
): Promise<string | undefined> => {
  const contact = contactId && (await readRecord(table(), contacts, accountId, contactId));
  if (isGiven && !contact)
    throw new Refusal('invalid_request', {
      errors: [{ pointer: '/contactId', code: 'not_found', detail: 'is not a contact of this account' }],
    });
  return contact ? contact.email : undefined;
};

export const handler = handle(recordInvoicePayment, {
  run: ({ caller, params, body, now, newId, expectVersion, transaction, untilWritten, change }) =>
    untilWritten(async () => {
      const { accountId, actor } = caller;
      const [invoice, account] = await Promise.all([
        loadHeader(accountId, params.invoiceId),
        accountSettings(accountId),
      ]);
      expectVersion(invoice.version);
      refuseIf(whyNotPaid(invoice));
      if (!isFinalized(invoice)) throw new Refusal('invoice_is_draft');
      const given = withoutNulls(body);
      const contactId = given.contactId ?? invoice.contactId;
      const contactEmail = await emailOf(accountId, contactId, given.contactId !== undefined);
      const recorded = newPayment(
        {
          ...given,
          contactId,
          amount: given.amount ?? invoice.balanceDue,
          currency: given.currency ?? invoice.currency,
        },
        {
          id: newId('pay'),
          accountId,
          today: dayIn(account.timeZone, now),
          at: now,
          by: actor,
          contactEmail,
        },
      );
      const { payment, onInvoice } = apply(recorded, invoice, recorded.amount, now);
      const paid = withPayment(invoice, onInvoice, { at: now, by: actor });
      const writes = transaction({ paymentId: payment.id });
      const event = { paymentId: payment.id, amount: onInvoice.amount };
      const stamp = change('payment_recorded', { version: paid.version, ...event });
      putHeader(writes, invoice, paid, stamp);
      putAppliedPayment(writes, invoice, onInvoice);
      putRecord(writes, payments, undefined, payment, {
        subject: payment.id,
        change: { ...stamp, version: 1 },
      });
      await writes.commit();
      return { result: showPayment(payment), version: payment.version };
    }),
  replay: async ({ paymentId = '' }, { caller }) => {
    const payment = await readRecord(table(), payments, caller.accountId, paymentId);
    return payment && { result: showPayment(payment), version: payment.version };
  },
});
