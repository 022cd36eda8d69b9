import { paymentProvider } from '#functions/wiring/payments.ts';
import { table } from '#functions/wiring/table.ts';
import { readRecord } from '#lib/data/collection.ts';
import { newId } from '#lib/data/ids.ts';
import { putHeader } from '#lib/data/invoices.ts';
import { paymentSessions, putSession } from '#lib/data/payment-sessions.ts';
import { Transaction } from '#lib/data/transaction.ts';
import type { FinalizedHeader } from '#lib/domain/invoice/invoice.ts';
import { dueAfterEnd, isSameCheckout, sessionEnd } from '#lib/domain/online/session.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { cancelSession } from './cancel-session.ts';

/** What the buyer is to pay, and where he comes back to. */
export type Wanted = {
  invoice: FinalizedHeader;
  amount: string;
  /** In the provider's units. */
  units: number;
  providerAccount: string | undefined;
  backTo: string;
  now: string;
};

/** The page of the session that is open, if it is what the buyer wants; undefined where there is none. */
const pageOfOpen = async ({ invoice, now, ...wanted }: Wanted): Promise<string | undefined> => {
  const { accountId, id, paySessionId } = invoice;
  if (paySessionId === undefined) return undefined;
  const session = await readRecord(table(), paymentSessions, accountId, id, paySessionId);
  const terms = { documentVersion: invoice.documentVersion, balanceDue: invoice.balanceDue, ...wanted };
  if (session === undefined || !isSameCheckout(session, terms, now)) return undefined;
  const provider = await paymentProvider();
  const state = await provider.retrieve({ id: session.providerId, account: session.providerAccount });
  if (state.status === 'unknown') throw new Refusal('payment_provider_unavailable', { retryAfter: 10 });
  return state.status === 'open' ? session.url : undefined;
};

/**
 * The provider's page where the buyer pays. There is one session at a time (ONL-1): the one that is open if it is for
 * the same, else it is ended first. A session's page is told to nobody before the session is written with the invoice,
 * so that one which is not can't be paid.
 * @throws Stale where the invoice was changed meanwhile; Refusal as `cancelSession`, amount_not_payable_online
 */
export const openSession = async (wanted: Wanted): Promise<string> => {
  const open = await pageOfOpen(wanted);
  if (open !== undefined) return open;
  const { invoice, amount, units, providerAccount, backTo, now } = wanted;
  await cancelSession(invoice, 'payment_processing');
  const { accountId, id: invoiceId, currency, number, contactId } = invoice;
  const sessionId = newId('pay', now);
  const expiresAt = sessionEnd(now);
  const provider = await paymentProvider();
  const made = await provider.create({
    ids: { accountId, invoiceId, sessionId },
    ...{ account: providerAccount, units, currency, title: number, backTo, expiresAt },
  });
  const writes = new Transaction(table());
  putHeader(writes, invoice, { ...invoice, paySessionId: sessionId, payState: 'open' }, undefined);
  putSession(writes, undefined, {
    ...{ id: sessionId, accountId, invoiceId, number, contactId, amount, currency, backTo },
    ...{ documentVersion: invoice.documentVersion, balanceDue: invoice.balanceDue },
    ...{ providerId: made.id, providerAccount, url: made.url, status: 'open' },
    ...{ expiresAt, dueAt: dueAfterEnd(expiresAt), createdAt: now, revision: 0 },
  });
  await writes.commit();
  return made.url;
};
