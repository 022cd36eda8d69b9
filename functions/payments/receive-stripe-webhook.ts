import { handle } from '#functions/http/handler.ts';
import { noteGivingBack } from '#functions/online/give-back.ts';
import { type Bringer, read, settleSession } from '#functions/online/settle-session.ts';
import { logger } from '#functions/wiring/logger.ts';
import { paymentProvider } from '#functions/wiring/payments.ts';
import type { PaymentSession } from '#lib/domain/online/session.ts';
import type { PaymentProvider, ProviderMessage } from '#lib/payments/provider.ts';
import { receiveStripeWebhook } from './contract.ts';

/** Whether the message is of the very session: who has a connected account can write our ids on things of his own. */
const isOf = (message: ProviderMessage, session: PaymentSession): boolean =>
  session.providerAccount === message.account &&
  (message.about === 'session'
    ? message.providerId === session.providerId
    : session.providerPaymentId === undefined || message.providerPaymentId === session.providerPaymentId);

const take = async (provider: PaymentProvider, message: ProviderMessage, bringer: Bringer): Promise<void> => {
  const { ids } = message;
  const known = await read(ids);
  if (known === undefined || !isOf(message, known.session)) {
    logger.warn('a message of a session that is not known', ids);
    return;
  }
  if (message.about === 'session') return settleSession(ids, message.state, bringer);
  if (known.session.status !== 'over') {
    // What was given back was paid before: that message is late.
    const { providerId: id, providerAccount: account } = known.session;
    await settleSession(ids, await provider.retrieve({ id, account }), bringer);
    const now = await read(ids);
    if (now !== undefined && !isOf(message, now.session)) return;
  }
  return noteGivingBack(ids, message.told, bringer);
};

export const handler = handle(receiveStripeWebhook, {
  run: async ({ body, headers, now, requestId, patience }) => {
    const provider = await paymentProvider();
    const message = await provider.read(body.bytes, headers['stripe-signature']);
    const bringer = { at: now, source: 'webhook' as const, requestId, deadline: patience.deadline };
    if (message !== undefined) await take(provider, message, bringer);
    return {};
  },
});
