import { describeError, logger } from '#functions/wiring/logger.ts';
import { paymentProvider } from '#functions/wiring/payments.ts';
import { table } from '#functions/wiring/table.ts';
import { readRecord } from '#lib/data/collection.ts';
import { noteOnSession, paymentSessions } from '#lib/data/payment-sessions.ts';
import type { InvoiceHeader } from '#lib/domain/invoice/invoice.ts';
import { isToBeAsked } from '#lib/domain/online/session.ts';
import { settleSession } from './settle-session.ts';

/** The page waits no longer than this for the provider, and for its word to be written. */
const millisecondsForProvider = 2_500;
const millisecondsToWrite = 2_500;

const askProvider = async (
  { accountId, id: invoiceId, paySessionId: sessionId }: InvoiceHeader,
  { now: at, requestId }: { now: string; requestId: string },
): Promise<boolean> => {
  if (sessionId === undefined) return false;
  const session = await readRecord(table(), paymentSessions, accountId, invoiceId, sessionId);
  if (session === undefined) return false;
  // It came to something since the invoice was read.
  if (session.status === 'over') return true;
  if (!isToBeAsked(session, at)) return false;
  // Of pages that are opened at once, one has the turn to ask; the provider's message may be written just now, too.
  if (!(await noteOnSession(table(), session, { askedAt: at }))) return true;
  const provider = await paymentProvider();
  const { providerId: id, providerAccount: account } = session;
  const state = await provider.retrieve({ id, account }, millisecondsForProvider);
  if (state.status === 'open' || state.status === 'unknown') return false;
  const deadline = Date.now() + millisecondsToWrite;
  await settleSession({ accountId, invoiceId, sessionId }, state, {
    at,
    source: 'page',
    requestId,
    deadline,
  });
  return true;
};

/**
 * Asks the provider what became of the session that an invoice has, as its page is opened: who comes back from paying
 * sees what he paid, whether or not the provider's message has arrived. Seldom enough that opening the page again and
 * again costs nothing there. Answers whether the invoice may be another now; a failure is only logged, for the page
 * matters more, and the message and the sweeper come all the same.
 */
export const resolveSession = async (
  invoice: InvoiceHeader,
  request: { now: string; requestId: string },
): Promise<boolean> => {
  try {
    return await askProvider(invoice, request);
  } catch (error) {
    const { accountId, id: invoiceId } = invoice;
    logger.warn('a session was not resolved', { accountId, invoiceId, error: describeError(error) });
    return false;
  }
};
