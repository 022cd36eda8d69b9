import { table } from '#functions/wiring/table.ts';
import { readRecord } from '#lib/data/collection.ts';
import { payments } from '#lib/data/collections.ts';
import { showPayment } from './show-payment.ts';

/** The answer to a repeat: the payment as it is by now; undefined once it is deleted. */
export const replayPayment = async (
  { paymentId = '' }: Record<string, string>,
  { caller }: { caller: { accountId: string } },
) => {
  const payment = await readRecord(table(), payments, caller.accountId, paymentId);
  return payment && { result: showPayment(payment), version: payment.version };
};
