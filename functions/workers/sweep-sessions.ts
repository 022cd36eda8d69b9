import type { Context } from 'aws-lambda';
import { read, settleSession } from '#functions/online/settle-session.ts';
import { describeError, logger } from '#functions/wiring/logger.ts';
import { paymentProvider } from '#functions/wiring/payments.ts';
import { table } from '#functions/wiring/table.ts';
import { noteOnSession, type SessionIds, sessionsDue } from '#lib/data/payment-sessions.ts';
import { dueAgain, type SessionState } from '#lib/domain/online/session.ts';

/** Sessions that one run looks after at most, a few at a time; the next run goes on. */
const sessionsARun = 200;
const atOnce = 5;
const millisecondsForOne = 10_000;

/** A session that goes on, or of which the provider says nothing clear, is looked after later: others have their turn. */
const postpone = async (ids: SessionIds, state: SessionState, now: string): Promise<void> => {
  const { session } = (await read(ids)) ?? {};
  if (session === undefined || session.status === 'over' || session.dueAt > now) return;
  const why = state.status === 'complete' ? 'processing' : 'silent';
  await noteOnSession(table(), session, { dueAt: dueAgain(why, now) });
};

const lookAfter = async (ids: SessionIds): Promise<void> => {
  const now = new Date().toISOString();
  const { session } = (await read(ids)) ?? {};
  if (session === undefined) return;
  const provider = await paymentProvider();
  const state = await provider.retrieve({ id: session.providerId, account: session.providerAccount });
  const deadline = Date.now() + millisecondsForOne;
  await settleSession(ids, state, { at: now, source: 'schedule', requestId: null, deadline });
  await postpone(ids, state, now);
};

/**
 * Asks the provider what became of the sessions that should be over by now: a message that was lost, or a crash between
 * the provider and the table, leaves nothing stuck. What can't be found out now comes again.
 */
export const handler = async (_event: unknown, context: Context): Promise<void> => {
  const due = await sessionsDue(table(), new Date().toISOString(), sessionsARun);
  while (due.length > 0 && context.getRemainingTimeInMillis() > 2 * millisecondsForOne) {
    const looked = due.splice(0, atOnce).map((ids) =>
      lookAfter(ids).catch((error) => {
        logger.error('work failed', { worker: 'sweep-sessions', ...ids, error: describeError(error) });
      }),
    );
    await Promise.all(looked);
  }
};
