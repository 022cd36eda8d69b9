import { accountSettings } from '#functions/http/existing.ts';
import { handle } from '#functions/http/handler.ts';
import { putRecord } from '#lib/data/collection.ts';
import { payments } from '#lib/data/collections.ts';
import { dayIn } from '#lib/domain/day.ts';
import { withoutNulls } from '#lib/domain/patch.ts';
import { newPayment } from '#lib/domain/record-payment.ts';
import { createPayment } from './contract.ts';
import { refuseUnknownContact } from './payment-contact.ts';
import { replayPayment } from './replay-payment.ts';
import { showPayment } from './show-payment.ts';

export const handler = handle(createPayment, {
  run: async ({ caller, body, now, newId, transaction, change }) => {
    const { accountId, actor } = caller;
    const account = await accountSettings(accountId);
    const given = withoutNulls(body);
    const payment = newPayment(
      { ...given, currency: given.currency ?? account.currency },
      {
        ...{ id: newId('pay'), accountId, shards: account.shards },
        ...{ today: dayIn(account.timeZone, now), at: now, by: actor },
      },
    );
    await refuseUnknownContact(accountId, given.contactId);
    const writes = transaction({ paymentId: payment.id });
    putRecord(writes, payments, undefined, payment, {
      subject: payment.id,
      change: change('payment_recorded', { version: 1, paymentId: payment.id, amount: payment.amount }),
    });
    await writes.commit();
    return { result: showPayment(payment), version: payment.version };
  },
  replay: replayPayment,
});
