import * as z from 'zod';
import { amountOfUnits } from '#lib/domain/online/limits.ts';
import type { SessionState } from '#lib/domain/online/session.ts';
import type { PaymentMethod } from '#lib/domain/payment-method.ts';
import type { OurIds } from './provider.ts';

/** What is read of Stripe's objects, parsed: https://docs.stripe.com/api. */

const reference = z.union([z.string(), z.looseObject({ id: z.string() })]).nullish();
const idOf = (value: z.infer<typeof reference>): string | undefined =>
  typeof value === 'string' ? value : value?.id;

/** The names under which our ids go along. */
const metadata = z.object({
  quittance_account: z.string(),
  quittance_invoice: z.string(),
  quittance_session: z.string(),
});

export const metadataOf = ({ accountId, invoiceId, sessionId }: OurIds): Record<string, string> => ({
  quittance_account: accountId,
  quittance_invoice: invoiceId,
  quittance_session: sessionId,
});

/** Our ids, or undefined on what is not ours. */
export const idsOf = (value: unknown): OurIds | undefined => {
  const { data } = metadata.safeParse(value);
  return (
    data && {
      accountId: data.quittance_account,
      invoiceId: data.quittance_invoice,
      sessionId: data.quittance_session,
    }
  );
};

const charge = z.looseObject({
  payment_method_details: z.looseObject({ type: z.string() }).nullish(),
});
const paymentIntent = z.looseObject({
  id: z.string(),
  status: z.string(),
  latest_charge: z.union([z.string(), charge]).nullish(),
});
const checkoutSession = z.looseObject({
  id: z.string(),
  status: z.enum(['open', 'complete', 'expired']),
  payment_status: z.enum(['paid', 'unpaid', 'no_payment_required']),
  amount_total: z.number(),
  currency: z.string(),
  payment_intent: z.union([z.string(), paymentIntent]).nullish(),
});

const methods: Readonly<Record<string, PaymentMethod>> = {
  ...{ card: 'card', link: 'card', us_bank_account: 'ach', sepa_debit: 'sepa' },
  ...{ bacs_debit: 'bacs', acss_debit: 'pads', customer_balance: 'wire_transfer' },
};

const methodOf = (intent: z.infer<typeof paymentIntent> | undefined): PaymentMethod => {
  const made = intent?.latest_charge;
  const type = typeof made === 'object' ? made?.payment_method_details?.type : undefined;
  return methods[type ?? ''] ?? 'other';
};

/** Money that was promised and has not come: on its way, unless its payment says that it won't. */
const outcomeOf = (paid: boolean, status: string | undefined): 'paid' | 'processing' | 'failed' => {
  if (paid || status === 'succeeded') return 'paid';
  return status === 'requires_payment_method' || status === 'canceled' ? 'failed' : 'processing';
};

/** The state of a Checkout Session with its PaymentIntent and Charge expanded; `unknown` for anything else. */
export const stateOf = (value: unknown): SessionState => {
  const { data } = checkoutSession.safeParse(value);
  if (data === undefined) return { status: 'unknown' };
  if (data.status !== 'complete') return { status: data.status };
  const intent = typeof data.payment_intent === 'object' ? (data.payment_intent ?? undefined) : undefined;
  const currency = data.currency.toUpperCase();
  return {
    status: 'complete',
    money: {
      outcome: outcomeOf(data.payment_status === 'paid', intent?.status),
      amount: amountOfUnits(data.amount_total, currency),
      currency,
      method: methodOf(intent),
      paymentId: intent?.id ?? idOf(data.payment_intent),
    },
  };
};

const event = z.looseObject({
  type: z.string(),
  account: z.string().optional(),
  data: z.looseObject({ object: z.looseObject({ id: z.string(), metadata: z.unknown() }) }),
});
export const readEvent = (value: unknown) => event.parse(value);

const refundedCharge = z.looseObject({
  amount_refunded: z.number(),
  currency: z.string(),
  payment_intent: reference,
});
/** A charge that was refunded, in part or whole: its payment, and how much in all. */
export const refundOf = (value: unknown) => {
  const { amount_refunded: units, currency, payment_intent } = refundedCharge.parse(value);
  const refunded = amountOfUnits(units, currency.toUpperCase());
  return { providerPaymentId: idOf(payment_intent), told: { kind: 'refund' as const, refunded } };
};

const dispute = z.looseObject({
  id: z.string(),
  status: z.string(),
  amount: z.number(),
  currency: z.string(),
  payment_intent: reference,
});
/** A dispute: its payment, and how it stands. */
export const disputeOf = (value: unknown) => {
  const { id, status, amount: units, currency, payment_intent } = dispute.parse(value);
  const standing =
    status === 'won' || status === 'warning_closed' ? 'won' : status === 'lost' ? 'lost' : 'open';
  const amount = amountOfUnits(units, currency.toUpperCase());
  return {
    providerPaymentId: idOf(payment_intent),
    told: { kind: 'dispute' as const, id, status: standing as 'won' | 'lost' | 'open', amount },
  };
};
