import type { GivingBack } from '#lib/domain/online/give-back.ts';
import type { SessionState } from '#lib/domain/online/session.ts';

/** The payment provider, as the service sees it. */

/** Ids of ours that go along with everything that the provider keeps of a session. */
export type OurIds = { accountId: string; invoiceId: string; sessionId: string };

/** A session there; `account` is the connected account, unless it is the deployment's own. */
export type SessionAt = { id: string; account?: string | undefined };

export type SessionOrder = {
  ids: OurIds;
  account?: string | undefined;
  /** In the provider's units. */
  units: number;
  currency: string;
  /** What the buyer reads there. */
  title: string;
  /** Where the buyer comes back to. */
  backTo: string;
  /** ISO 8601. */
  expiresAt: string;
};

/** What a message of the provider is about, with the state as the provider has it now. */
export type ProviderMessage = { ids: OurIds; account: string | undefined } & (
  | { about: 'session'; providerId: string; state: SessionState }
  | { about: 'payment'; providerPaymentId: string; told: GivingBack }
);

export type PaymentProvider = {
  /**
   * Opens a session; the same order makes the same session.
   * @throws Refusal amount_not_payable_online; payment_provider_unavailable without a clear answer
   */
  create: (order: SessionOrder) => Promise<{ id: string; url: string }>;
  /** Ends a session that is open. Only `expired` means that nobody paid and nobody can. */
  expire: (session: SessionAt) => Promise<SessionState>;
  /** Asked `once`, it waits for so many milliseconds and does not try again: `unknown` then. */
  retrieve: (session: SessionAt, once?: number) => Promise<SessionState>;
  /**
   * What a webhook's message says; undefined for one that is of no concern.
   * @throws Refusal unauthenticated where the signature is not the provider's; payment_provider_unavailable
   */
  read: (body: Uint8Array, signature: string | undefined) => Promise<ProviderMessage | undefined>;
};
