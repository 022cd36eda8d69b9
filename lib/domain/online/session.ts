import * as z from 'zod';
import { paymentMethods } from '#lib/domain/payment-method.ts';

/**
 * A buyer's session with the payment provider (ONL-1, ONL-2): bound to the invoice as he saw it. Its id is that of the
 * payment that it may come to, so that no message can make two of them.
 */
export const storedSession = z.object({
  id: z.string(),
  accountId: z.string(),
  invoiceId: z.string(),
  documentVersion: z.number(),
  balanceDue: z.string(),
  amount: z.string(),
  currency: z.string(),
  contactId: z.string().optional(),
  number: z.string(),
  /** Where the link is that it was opened from: another way back is another session. */
  backTo: z.string(),
  /** The provider's own id, the account there unless it is the deployment's, and the page where it is paid. */
  providerId: z.string(),
  providerAccount: z.string().optional(),
  url: z.string(),
  /** Id of the provider's payment, once there is one. */
  providerPaymentId: z.string().optional(),
  status: z.enum(['open', 'processing', 'over']),
  /** When it ends at the provider, and when the sweeper looks after it. */
  expiresAt: z.string(),
  dueAt: z.string(),
  createdAt: z.string(),
  /** When the invoice's page last asked the provider what became of it. */
  askedAt: z.string().optional(),
  revision: z.number(),
});
export type PaymentSession = z.infer<typeof storedSession>;

/** Stripe takes 30 minutes at least, by its own clock. */
const minutesOpen = 35;
/** One that ends sooner is not handed out again. */
const minutesLeftAtLeast = 3;
/** The sweeper comes when its end is certain; and again, while money is on its way or the provider silent. */
const minutesAfterEnd = 2;
const minutesUntilAsked = { processing: 360, silent: 10 };
/** However often the invoice's page is opened, the provider is asked again after this at the soonest. */
const secondsBetweenPages = { open: 5, processing: 60 };

export const minutesLater = (at: string, minutes: number): string =>
  new Date(Date.parse(at) + minutes * 60_000).toISOString();

/** When a session that begins now ends at the provider. */
export const sessionEnd = (now: string): string => minutesLater(now, minutesOpen);
/** When the sweeper looks after a session: after its end; again after a while of `processing` or silence. */
export const dueAfterEnd = (expiresAt: string): string => minutesLater(expiresAt, minutesAfterEnd);
export const dueAgain = (why: keyof typeof minutesUntilAsked, now: string): string =>
  minutesLater(now, minutesUntilAsked[why]);

type Terms = Pick<PaymentSession, 'documentVersion' | 'balanceDue' | 'amount' | 'providerAccount' | 'backTo'>;

/** Whether the session is what the buyer asks for now, and lasts long enough. */
export const isSameCheckout = (session: PaymentSession, terms: Terms, now: string): boolean =>
  session.documentVersion === terms.documentVersion &&
  session.balanceDue === terms.balanceDue &&
  session.amount === terms.amount &&
  session.providerAccount === terms.providerAccount &&
  session.backTo === terms.backTo &&
  minutesLater(now, minutesLeftAtLeast) < session.expiresAt;

/** Whether an invoice's page that is opened now asks the provider what became of the session. */
export const isToBeAsked = ({ status, askedAt }: PaymentSession, now: string): boolean =>
  status !== 'over' &&
  (askedAt === undefined || Date.parse(now) - Date.parse(askedAt) >= secondsBetweenPages[status] * 1_000);

/** What the provider says of the money of a session. */
const money = z.object({
  outcome: z.enum(['paid', 'processing', 'failed']),
  amount: z.string(),
  currency: z.string(),
  method: z.enum(paymentMethods),
  paymentId: z.string().optional(),
});
export type SessionMoney = z.infer<typeof money>;

/** What the provider says of a session. Only `expired` means that it was not paid and can't be any more. */
export type SessionState =
  | { status: 'open' }
  | { status: 'expired' }
  | { status: 'complete'; money: SessionMoney }
  | { status: 'unknown' };
