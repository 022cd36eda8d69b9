import { table } from '#functions/wiring/table.ts';
import { putRecord } from '#lib/data/collection.ts';
import { payments } from '#lib/data/collections.ts';
import { following, putHistory } from '#lib/data/history.ts';
import { newId } from '#lib/data/ids.ts';
import type { SessionIds } from '#lib/data/payment-sessions.ts';
import { Transaction, untilWritten } from '#lib/data/transaction.ts';
import { system } from '#lib/domain/actor.ts';
import type { Change } from '#lib/domain/change.ts';
import { type GivingBack, givenBack } from '#lib/domain/online/give-back.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { type Bringer, read } from './settle-session.ts';

/** Notes a refund or a dispute on the payment, and in the history of its invoices, which stay what they are (ONL-5). */
export const noteGivingBack = (ids: SessionIds, told: GivingBack, bringer: Bringer): Promise<void> =>
  untilWritten(async () => {
    const { payment } = (await read(ids)) ?? {};
    // The payment itself is not known yet: the provider tells again.
    if (payment === undefined || payment.status === 'processing')
      throw new Refusal('too_many_requests', { retryAfter: 30 });
    const { at, source, requestId } = bringer;
    const next = givenBack(payment, told, { at, by: system });
    if (next === undefined) return;
    const stamp: Change = {
      ...{ id: newId('his', at), at, action: next.action, actor: system, source, requestId },
      ...{ paymentId: payment.id, amount: next.amount },
    };
    const writes = new Transaction(table());
    putRecord(writes, payments, payment, next.payment, {
      subject: payment.id,
      change: following(payment, { ...stamp, version: next.payment.version }),
    });
    for (const { invoiceId } of payment.applications) putHistory(writes, ids.accountId, invoiceId, stamp);
    await writes.commit();
  }, bringer);
