import { found, idOf } from '#functions/http/existing.ts';
import { handle } from '#functions/http/handler.ts';
import { table } from '#functions/wiring/table.ts';
import { readRecord } from '#lib/data/collection.ts';
import { payments } from '#lib/data/collections.ts';
import { getPayment } from './contract.ts';
import { showPayment } from './show-payment.ts';

export const handler = handle(getPayment, {
  run: async ({ caller, params }) => {
    const id = idOf('pay', params.paymentId);
    const payment = found(await readRecord(table(), payments, caller.accountId, id));
    return { result: showPayment(payment), version: payment.version };
  },
});
