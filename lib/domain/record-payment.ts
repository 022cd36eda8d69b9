import type { Actor } from './actor.ts';
import { decimalsWritten, parseDecimal, zero } from './decimal.ts';
import { decimalsOf, writeAmount } from './money.ts';
import type { Payment } from './payment.ts';
import type { PaymentMethod } from './payment-method.ts';
import { type Fault, Refusal } from './refusal.ts';
import { shardOf } from './shard.ts';

/** A new payment, as staff records it (PAY-1). */

export type RecordedPayment = {
  amount?: string | undefined;
  currency?: string | undefined;
  date?: string | undefined;
  method: PaymentMethod;
  reference?: string | undefined;
  note?: string | undefined;
  contactId?: string | undefined;
};

type Given = {
  id: string;
  accountId: string;
  /** The day in the account's time zone: the date unless given, and the last one allowed (PAY-4). */
  today: string;
  at: string;
  by: Actor;
  /** Shards of the account's lists. */
  shards: number;
};

const faultsOf = (amount: string, currency: string, date: string, today: string): Fault[] => [
  ...(parseDecimal(amount).eq(zero)
    ? [{ pointer: '/amount', code: 'too_small', detail: 'must be above zero' }]
    : []),
  ...(decimalsWritten(amount) > decimalsOf(currency)
    ? [
        {
          pointer: '/amount',
          code: 'too_many_decimals',
          detail: `${currency} has ${decimalsOf(currency)} decimals`,
        },
      ]
    : []),
  ...(date > today ? [{ pointer: '/date', code: 'in_the_future', detail: `is after today, ${today}` }] : []),
];

/**
 * The payment record, nothing of it applied yet.
 * @throws Refusal invalid_request for an amount of zero or with too many decimals, or a date in the future (PAY-4)
 */
export const newPayment = (
  body: RecordedPayment & { amount: string; currency: string },
  given: Given,
): Payment => {
  const date = body.date ?? given.today;
  const errors = faultsOf(body.amount, body.currency, date, given.today);
  if (errors.length > 0) throw new Refusal('invalid_request', { errors });
  const amount = writeAmount(parseDecimal(body.amount), body.currency);
  return {
    id: given.id,
    accountId: given.accountId,
    shard: shardOf(given.id, given.shards),
    amount,
    unapplied: amount,
    currency: body.currency,
    date,
    method: body.method,
    reference: body.reference,
    note: body.note,
    contactId: body.contactId,
    online: false,
    status: 'succeeded',
    applications: [],
    version: 1,
    revision: 0,
    createdAt: given.at,
    createdBy: given.by,
    updatedAt: given.at,
  };
};
