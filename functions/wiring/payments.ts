import * as z from 'zod';
import { Refusal } from '#lib/domain/refusal.ts';
import type { PaymentProvider } from '#lib/payments/provider.ts';
import { stripeProvider } from '#lib/payments/stripe.ts';
import { fromEnvironment, once } from './environment.ts';
import { stripeSecrets } from './secrets.ts';

const place = z.object({
  /** Where Stripe's API is, if it is not Stripe's own. */
  STRIPE_API_URL: z.url().optional(),
});

let made: { key: string; provider: Promise<PaymentProvider> } | undefined;

/**
 * The payment provider; made anew when its key is another. Its package lies beside the function's code and is read when
 * a provider is needed, which is seldom.
 * @throws Refusal payment_provider_unavailable where the deployment has no key
 */
export const paymentProvider = async (): Promise<PaymentProvider> => {
  const secrets = await stripeSecrets();
  if (secrets === undefined) throw new Refusal('payment_provider_unavailable', { retryAfter: 60 });
  const { STRIPE_API_URL } = fromEnvironment(place);
  const key = JSON.stringify([secrets, STRIPE_API_URL]);
  if (made?.key !== key) {
    made = { key, provider: stripeProvider(secrets, STRIPE_API_URL) };
  }
  return made.provider;
};

/** Origin of the provider's pages, where the form of the buyer's page leads. */
export const paymentPageOrigin = once(() => {
  const { STRIPE_API_URL } = fromEnvironment(place);
  return STRIPE_API_URL === undefined ? 'https://checkout.stripe.com' : new URL(STRIPE_API_URL).origin;
});
