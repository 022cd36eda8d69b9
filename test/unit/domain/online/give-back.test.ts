import { describe, expect, it } from 'vitest';
import { type GivingBack, givenBack } from '#lib/domain/online/give-back.ts';
import type { Payment } from '#lib/domain/payment.ts';

const system = { type: 'system', id: null, name: null } as const;
const stamp = { at: '2026-11-24T12:00:00.000Z', by: system };
const payment: Payment = {
  ...{ id: 'pay_1', accountId: 'acc_1', shard: 0, amount: '100.00', unapplied: '30.00', currency: 'EUR' },
  ...{ date: '2026-11-24', method: 'card', online: true, status: 'succeeded', applications: [] },
  ...{ version: 1, revision: 1, createdAt: stamp.at, createdBy: system, updatedAt: stamp.at },
};

/** The payment after all that was told, and what the history calls each that was new. */
const told = (...words: GivingBack[]) => {
  let now = payment;
  const actions = words.flatMap((one) => {
    const next = givenBack(now, one, stamp);
    now = next?.payment ?? now;
    return next ? [`${next.action} ${next.amount}`] : [];
  });
  return { now, actions };
};
const refund = (refunded: string): GivingBack => ({ kind: 'refund', refunded });
const dispute = (status: 'open' | 'won' | 'lost'): GivingBack => ({
  ...{ kind: 'dispute', id: 'dp_1', status, amount: '100.00' },
});

describe('what the provider gives back', () => {
  it('ONL-5: in parts, twice and out of order', () => {
    const { now, actions } = told(refund('20.00'), refund('20.00'), refund('100.00'), refund('60.00'));
    expect(actions).toEqual(['payment_refunded 20.00', 'payment_refunded 80.00']);
    expect(now).toMatchObject({ status: 'refunded', refunded: '100.00', unapplied: '0.00' });
    expect(told(refund('20.00')).now).toMatchObject({ status: 'succeeded', unapplied: '10.00' });
  });

  it('ONL-5: a dispute that was closed before its opening was told stays closed', () => {
    expect(told(dispute('open')).now.status).toBe('disputed');
    expect(told(dispute('open'), dispute('lost')).now.status).toBe('disputed');
    const { now, actions } = told(dispute('won'), dispute('open'), dispute('won'));
    expect(actions).toEqual(['payment_disputed 100.00']);
    expect(now).toMatchObject({ status: 'succeeded', disputeStatus: 'won' });
  });
});
