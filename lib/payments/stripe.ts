import type Stripe from 'stripe';
import type { SessionState } from '#lib/domain/online/session.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import type { PaymentProvider, ProviderMessage, SessionAt, SessionOrder } from './provider.ts';
import { disputeOf, idsOf, metadataOf, readEvent, refundOf, stateOf } from './stripe-objects.ts';

/**
 * Stripe Checkout as the payment provider. The package is imported when a provider is made, not with this file: nearly
 * every call of a function does without.
 */
type Package = typeof Stripe;

export type StripeSecrets = {
  secretKey: string;
  /** Secrets of the webhook endpoints: the deployment's own account, and the connected ones; more while one is rotated. */
  webhookSecrets: readonly string[];
};

/** A caller waits for this; the rest of its time is the database's. */
const millisecondsToAnswer = 6_000;
const expand = ['payment_intent.latest_charge'];

const unavailable = (cause?: unknown): Refusal =>
  new Refusal('payment_provider_unavailable', { retryAfter: 10 }, { cause });

const clientOf = (Package: Package, secretKey: string, apiUrl: string | undefined): Stripe => {
  const address = apiUrl === undefined ? undefined : new URL(apiUrl);
  return new Package(secretKey, {
    maxNetworkRetries: 1,
    timeout: millisecondsToAnswer,
    telemetry: false,
    ...(address && {
      host: address.hostname,
      port: Number(address.port),
      protocol: address.protocol === 'http:' ? ('http' as const) : ('https' as const),
    }),
  });
};

/** Faults of the amount or currency that only Stripe knows of (ONL-7). */
const ofAmount = new Set(['amount_too_small', 'amount_too_large', 'currency_not_supported']);

const at = ({ account }: { account?: string | undefined }) => (account ? { stripeAccount: account } : {});

const create =
  (stripe: Stripe, { errors }: Package): PaymentProvider['create'] =>
  async ({ ids, account, units, currency, title, backTo, expiresAt }: SessionOrder) => {
    const metadata = metadataOf(ids);
    const price = { currency: currency.toLowerCase(), unit_amount: units, product_data: { name: title } };
    try {
      const session = await stripe.checkout.sessions.create(
        {
          ...{ mode: 'payment', submit_type: 'pay', client_reference_id: ids.sessionId, metadata },
          line_items: [{ quantity: 1, price_data: price }],
          payment_intent_data: { description: title, metadata },
          expires_at: Math.floor(Date.parse(expiresAt) / 1_000),
          ...{ success_url: backTo, cancel_url: backTo },
        },
        { ...at({ account }), idempotencyKey: ids.sessionId },
      );
      if (!session.url) throw unavailable();
      return { id: session.id, url: session.url };
    } catch (error) {
      if (error instanceof errors.StripeInvalidRequestError && ofAmount.has(error.code ?? ''))
        throw new Refusal('amount_not_payable_online', {}, { cause: error });
      throw error instanceof Refusal ? error : unavailable(error);
    }
  };

const retrieve =
  (stripe: Stripe): PaymentProvider['retrieve'] =>
  async (session: SessionAt, once?: number): Promise<SessionState> => {
    const patience = once === undefined ? {} : { timeout: once, maxNetworkRetries: 0 };
    try {
      return stateOf(
        await stripe.checkout.sessions.retrieve(session.id, { expand }, { ...at(session), ...patience }),
      );
    } catch {
      return { status: 'unknown' };
    }
  };

const expire =
  (stripe: Stripe): PaymentProvider['expire'] =>
  async (session: SessionAt): Promise<SessionState> => {
    try {
      const state = stateOf(await stripe.checkout.sessions.expire(session.id, {}, at(session)));
      return state.status === 'expired' ? state : { status: 'unknown' };
    } catch {
      // One that is not open can't be expired: what it came to is there to be read. Nor does a lost answer say anything.
      const state = await retrieve(stripe)(session);
      return state.status === 'open' ? { status: 'unknown' } : state;
    }
  };

type Reader = { stripe: Stripe; errors: Package['errors']; secrets: readonly string[] };

const verified = ({ stripe, errors, secrets }: Reader, body: Uint8Array, signature: string) => {
  for (const secret of secrets) {
    try {
      return stripe.webhooks.constructEvent(Buffer.from(body), signature, secret);
    } catch (error) {
      if (!(error instanceof errors.StripeSignatureVerificationError)) throw error;
    }
  }
  throw new Refusal('unauthenticated', { detail: 'The signature is not the provider’s.' });
};

const aboutSession = async (
  stripe: Stripe,
  providerId: string,
  account: string | undefined,
): Promise<Omit<Extract<ProviderMessage, { about: 'session' }>, 'ids'>> => {
  // What was true when it was written may be old by now: only the present state counts.
  const state = await retrieve(stripe)({ id: providerId, account });
  if (state.status === 'unknown') throw unavailable();
  return { about: 'session', account, providerId, state };
};

const metadataOfPayment = async (stripe: Stripe, id: string, account: string | undefined) => {
  try {
    return (await stripe.paymentIntents.retrieve(id, {}, at({ account }))).metadata;
  } catch (error) {
    throw unavailable(error);
  }
};

const read =
  (reader: Reader): PaymentProvider['read'] =>
  async (body, signature) => {
    const { stripe } = reader;
    const { type, account, data } = readEvent(verified(reader, body, signature ?? ''));
    const { object } = data;
    if (type.startsWith('checkout.session.')) {
      const ids = idsOf(object.metadata);
      return ids && { ids, ...(await aboutSession(stripe, object.id, account)) };
    }
    const isDispute = type.startsWith('charge.dispute.');
    if (!isDispute && type !== 'charge.refunded') return undefined;
    const { providerPaymentId, told } = isDispute ? disputeOf(object) : refundOf(object);
    if (providerPaymentId === undefined) return undefined;
    const ids = idsOf(await metadataOfPayment(stripe, providerPaymentId, account));
    return ids && { ids, account, about: 'payment', providerPaymentId, told };
  };

/** @param apiUrl where Stripe's API is; its own address unless given */
export const stripeProvider = async (secrets: StripeSecrets, apiUrl?: string): Promise<PaymentProvider> => {
  const { default: Package } = await import('stripe');
  const stripe = clientOf(Package, secrets.secretKey, apiUrl);
  return {
    create: create(stripe, Package),
    expire: expire(stripe),
    retrieve: retrieve(stripe),
    read: read({ stripe, errors: Package.errors, secrets: secrets.webhookSecrets }),
  };
};
