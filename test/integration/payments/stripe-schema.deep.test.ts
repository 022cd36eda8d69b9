import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openStripeState, shownIntent, shownSession, signedMessage } from '#infra/local/stripe-state.ts';
import type { PaymentProvider } from '#lib/payments/provider.ts';
import { stripeProvider } from '#lib/payments/stripe.ts';
import { type Exchange, missingStripeMock, startStripeMock } from './stripe-mock.ts';

let missing: string | undefined;
let mock: Awaited<ReturnType<typeof startStripeMock>>;
let provider: PaymentProvider;
const secret = 'whsec_of_this_test';
beforeAll(async () => {
  missing = await missingStripeMock();
  if (missing !== undefined) return;
  mock = await startStripeMock();
  provider = await stripeProvider({ secretKey: 'sk_test_123', webhookSecrets: [secret] }, mock.address);
});
afterAll(() => mock?.stop());
beforeEach((test) => {
  if (missing !== undefined) test.skip(`stripe-mock: ${missing}`);
  mock.said.length = 0;
});

const ids = { accountId: 'acc_1', invoiceId: 'inv_1', sessionId: 'pay_1' };
const inHalfAnHour = () => new Date(Date.now() + 35 * 60_000).toISOString();
const order = () => ({
  ...{ ids, units: 18_000, currency: 'EUR', title: 'INV-1001', expiresAt: inHalfAnHour() },
  backTo: 'https://pay.example.com/i/token',
});
/** What was asked, and whether Stripe's schema allows it. */
const inShort = ({ request, status }: Exchange): string => `${request} ${status}`;

describe('what Stripe is asked agrees with its own schema', () => {
  it('ONL-1: opening a session, here and at a connected account', async () => {
    const made = await provider.create(order());
    expect(made.url).toMatch(/^https:\/\/checkout\.stripe\.com\//);
    await provider.create({ ...order(), account: 'acct_connected' });
    expect(mock.said.map(inShort)).toEqual(Array(2).fill('POST /v1/checkout/sessions 200'));
    expect(mock.said[0]?.headers).toMatchObject({ 'idempotency-key': 'pay_1' });
    expect(mock.said[1]?.headers).toMatchObject({ 'stripe-account': 'acct_connected' });
    expect(mock.said[0]?.form).toMatchObject({
      ...{ mode: 'payment', 'line_items[0][price_data][unit_amount]': '18000' },
      ...{ 'metadata[quittance_session]': 'pay_1', success_url: order().backTo },
    });
  });

  it('EDIT-5, ONL-3: ending one, and asking what became of it, with its payment and charge', async () => {
    await provider.expire({ id: 'cs_test_1' });
    await provider.retrieve({ id: 'cs_test_1' }, 2_000);
    expect(mock.said.map(inShort).slice(0, 1)).toEqual(['POST /v1/checkout/sessions/cs_test_1/expire 200']);
    expect(mock.said.map(inShort).at(-1)).toBe('GET /v1/checkout/sessions/cs_test_1 200');
    expect(mock.said.every(({ status }) => status === 200)).toBe(true);
    expect(mock.said.at(-1)?.form).toEqual({ 'expand[0]': 'payment_intent.latest_charge' });
  });

  it('ONL-5: asking whose payment a refund or a dispute is of', async () => {
    for (const type of ['charge.refunded', 'charge.dispute.created']) {
      const object = {
        ...{ id: 'ch_1', object: 'charge', payment_intent: 'pi_1', currency: 'eur', amount: 100 },
        ...{ amount_refunded: 100, status: 'needs_response', metadata: {} },
      };
      const { body, signature } = signedMessage({ type, account: 'acct_connected', object }, secret);
      // Its payment has none of our ids on it, and so it is none of ours.
      expect(await provider.read(Buffer.from(body), signature)).toBeUndefined();
    }
    expect(mock.said.map(inShort)).toEqual(Array(2).fill('GET /v1/payment_intents/pi_1 200'));
  });

  it('a request that the schema does not allow is refused: the others are held against something', async () => {
    const send = (form: Record<string, string>) =>
      fetch(`${mock.address}/v1/checkout/sessions`, {
        ...{ method: 'POST', body: new URLSearchParams(form) },
        headers: { authorization: 'Bearer sk_test_123' },
      });
    const good = { mode: 'payment', success_url: 'https://pay.example.com/' };
    expect((await send(good)).status).toBe(200);
    expect((await send({ ...good, mode: 'gift' })).status).toBe(400);
    expect((await send({ ...good, expires_at: 'soon' })).status).toBe(400);
    expect((await send({ ...good, no_such_parameter: '1' })).status).toBe(400);
  });
});

describe('the local Stripe speaks of what Stripe speaks of', () => {
  it('ONL-3: a session, its payment and its charge have no property of their own making', async () => {
    const state = openStripeState(undefined, () => {});
    const session = state.create(
      {
        account: undefined,
        amount: 100,
        currency: 'eur',
        title: '',
        metadata: {},
        successUrl: '',
        expiresAt: 0,
      },
      undefined,
    );
    Object.assign(session, { status: 'complete', money: 'paid' });
    const ask = async (path: string) => {
      const headers = { authorization: 'Bearer sk_test_123' };
      return Object.keys((await (await fetch(`${mock.address}/v1/${path}`, { headers })).json()) as object);
    };
    const own = (given: object, theirs: string[]) =>
      Object.keys(given).filter((name) => !theirs.includes(name));
    const intent = shownIntent(session);
    expect(own(shownSession(session, ''), await ask('checkout/sessions/cs_1'))).toEqual([]);
    expect(own(intent, await ask('payment_intents/pi_1'))).toEqual([]);
    expect(own(intent.latest_charge, await ask('charges/ch_1'))).toEqual([]);
  });
});
