import { createHmac, randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What the local Stripe keeps: Checkout Sessions and the payments that they came to. */

export interface LocalSession {
  readonly id: string;
  readonly account: string | undefined;
  readonly amount: number;
  readonly currency: string;
  readonly title: string;
  readonly metadata: Record<string, string>;
  readonly successUrl: string;
  readonly expiresAt: number;
  status: 'open' | 'complete' | 'expired';
  /** Of a complete one: where its money is. */
  money: 'none' | 'processing' | 'paid' | 'failed';
  refunded: number;
  dispute: 'none' | 'needs_response' | 'won' | 'lost';
}

export type NewSession = Pick<
  LocalSession,
  'account' | 'amount' | 'currency' | 'title' | 'metadata' | 'successUrl' | 'expiresAt'
>;
/** What can be done on the page: by the buyer, by his bank, or by the seller at Stripe. */
export const deeds = ['pay', 'wait', 'settle', 'fail', 'refund', 'dispute', 'win', 'lose'] as const;
export type Deed = (typeof deeds)[number];
export type StripeEvent = { type: string; account: string | undefined; object: Record<string, unknown> };

const intentOf = (session: LocalSession): string => session.id.replace('cs_', 'pi_');
const intentStatus = {
  none: 'requires_payment_method',
  processing: 'processing',
  paid: 'succeeded',
} as const;

/** The payment as Stripe shows it, its charge expanded. */
export const shownIntent = (session: LocalSession) => ({
  ...{ id: intentOf(session), object: 'payment_intent', metadata: session.metadata },
  status: session.money === 'failed' ? 'requires_payment_method' : intentStatus[session.money],
  latest_charge: {
    ...{ id: session.id.replace('cs_', 'ch_'), object: 'charge' },
    payment_method_details: { type: session.money === 'paid' ? 'card' : 'sepa_debit' },
  },
});

/** The session as Stripe shows it, its payment expanded. */
export const shownSession = (session: LocalSession, pageUrl: string) => ({
  ...{ id: session.id, object: 'checkout.session', status: session.status, metadata: session.metadata },
  ...{ amount_total: session.amount, currency: session.currency, expires_at: session.expiresAt },
  payment_status: session.money === 'paid' ? 'paid' : 'unpaid',
  payment_intent: session.status === 'complete' ? shownIntent(session) : null,
  url: session.status === 'open' ? pageUrl : null,
});

const shownCharge = (session: LocalSession) => ({
  ...{ id: session.id.replace('cs_', 'ch_'), object: 'charge', metadata: session.metadata },
  ...{ amount_refunded: session.refunded, currency: session.currency, payment_intent: intentOf(session) },
});
const shownDispute = (session: LocalSession) => ({
  ...{ id: session.id.replace('cs_', 'dp_'), object: 'dispute', metadata: {}, status: session.dispute },
  ...{ amount: session.amount, currency: session.currency, payment_intent: intentOf(session) },
});

/** What can be done to a session as it is. */
export const possible = ({ status, money, refunded, amount, dispute }: LocalSession): Deed[] => {
  if (status === 'open') return ['pay', 'wait'];
  if (status === 'complete' && money === 'processing') return ['settle', 'fail'];
  if (money !== 'paid') return [];
  if (dispute === 'needs_response') return ['win', 'lose'];
  return [
    ...(refunded < amount ? ['refund' as const] : []),
    ...(dispute === 'none' ? ['dispute' as const] : []),
  ];
};

const changed: Record<Deed, (session: LocalSession) => string> = {
  pay: (session) => {
    Object.assign(session, { status: 'complete', money: 'paid' });
    return 'checkout.session.completed';
  },
  wait: (session) => {
    Object.assign(session, { status: 'complete', money: 'processing' });
    return 'checkout.session.completed';
  },
  settle: (session) => {
    session.money = 'paid';
    return 'checkout.session.async_payment_succeeded';
  },
  fail: (session) => {
    session.money = 'failed';
    return 'checkout.session.async_payment_failed';
  },
  refund: (session) => {
    session.refunded = session.amount;
    return 'charge.refunded';
  },
  dispute: (session) => {
    session.dispute = 'needs_response';
    return 'charge.dispute.created';
  },
  win: (session) => {
    session.dispute = 'won';
    return 'charge.dispute.closed';
  },
  lose: (session) => {
    session.dispute = 'lost';
    return 'charge.dispute.closed';
  },
};

const eventOf = (session: LocalSession, type: string): StripeEvent => {
  const { account } = session;
  if (type === 'charge.refunded') return { type, account, object: shownCharge(session) };
  if (type.startsWith('charge.dispute.')) return { type, account, object: shownDispute(session) };
  return { type, account, object: shownSession(session, '') };
};

/** Sessions with what happens to them; `folder` keeps them over a restart. */
export const openStripeState = (folder: string | undefined, onEvent: (event: StripeEvent) => void) => {
  const file = folder && join(folder, 'sessions.json');
  const sessions = new Map<string, LocalSession>(file ? readSessions(file) : []);
  const byKey = new Map<string, string>();
  const keep = () => {
    if (!folder || !file) return;
    mkdirSync(folder, { recursive: true });
    writeFileSync(file, JSON.stringify([...sessions]));
  };
  const tell = (session: LocalSession, type: string) => {
    keep();
    onEvent(eventOf(session, type));
  };
  const find = (id: string): LocalSession | undefined => {
    const session = sessions.get(id);
    if (session?.status === 'open' && session.expiresAt * 1_000 < Date.now()) {
      session.status = 'expired';
      tell(session, 'checkout.session.expired');
    }
    return session;
  };
  return {
    find,
    ofPayment: (id: string) => sessions.get(id.replace('pi_', 'cs_')),
    list: () => [...sessions.keys()].flatMap((id) => find(id) ?? []),
    create: (given: NewSession, key: string | undefined): LocalSession => {
      const known = key === undefined ? undefined : sessions.get(byKey.get(key) ?? '');
      if (known !== undefined) return known;
      const id = `cs_test_${randomBytes(12).toString('hex')}`;
      const rest = { status: 'open', money: 'none', refunded: 0, dispute: 'none' } as const;
      const session: LocalSession = { id, ...given, ...rest };
      sessions.set(id, session);
      if (key !== undefined) byKey.set(key, id);
      keep();
      return session;
    },
    /** False for one that is not open. */
    expire: (session: LocalSession): boolean => {
      if (session.status !== 'open') return false;
      session.status = 'expired';
      tell(session, 'checkout.session.expired');
      return true;
    },
    /** False for what can't be done to it now. */
    act: (id: string, deed: Deed): boolean => {
      const session = find(id);
      if (session === undefined || !possible(session).includes(deed)) return false;
      tell(session, changed[deed](session));
      return true;
    },
  };
};
export type StripeState = ReturnType<typeof openStripeState>;

const readSessions = (file: string): [string, LocalSession][] => {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return []; // nothing was kept yet
  }
};

/** A message as Stripe sends it, signed (https://docs.stripe.com/webhooks#verify-manually). */
export const signedMessage = ({ type, account, object }: StripeEvent, secret: string) => {
  const id = `evt_${randomBytes(12).toString('hex')}`;
  const body = JSON.stringify({ id, object: 'event', type, ...(account && { account }), data: { object } });
  const at = Math.floor(Date.now() / 1_000);
  const signature = createHmac('sha256', secret).update(`${at}.${body}`).digest('hex');
  return { body, signature: `t=${at},v1=${signature}` };
};
