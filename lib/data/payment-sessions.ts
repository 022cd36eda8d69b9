import * as z from 'zod';
import { type PaymentSession, storedSession } from '#lib/domain/online/session.ts';
import type { Collection } from './collection.ts';
import { putRecord } from './collection.ts';
import { dueSessionKey, dueSessions, paymentSessionKey } from './keys.ts';
import { queryPage, type Table } from './table.ts';
import { Transaction, wasWritten } from './transaction.ts';

/** The buyers' sessions with the payment provider, and the list by which the sweeper finds those that are not over. */

export type SessionIds = { accountId: string; invoiceId: string; sessionId: string };

export const paymentSessions: Collection<
  [accountId: string, invoiceId: string, sessionId: string],
  PaymentSession
> = {
  schema: storedSession,
  keyOf: paymentSessionKey,
  idsOf: ({ accountId, invoiceId, id }) => [accountId, invoiceId, id],
};

const isDue = (session: PaymentSession | undefined): session is PaymentSession =>
  session !== undefined && session.status !== 'over';

/** Adds the write of a session, and of its place among those that are due. */
export const putSession = (
  transaction: Transaction,
  previous: PaymentSession | undefined,
  next: PaymentSession,
): void => {
  putRecord(transaction, paymentSessions, previous, next);
  const before = isDue(previous) ? previous.dueAt : undefined;
  const after = isDue(next) ? next.dueAt : undefined;
  if (before === after) return;
  if (before !== undefined) transaction.delete(dueSessionKey(before, next.id));
  if (after === undefined) return;
  const { accountId, invoiceId, id: sessionId } = next;
  transaction.put({ ...dueSessionKey(after, sessionId), data: { accountId, invoiceId, sessionId } });
};

/** Writes a note on a session, alone. False, and nothing is written, where somebody else wrote it since it was read. */
export const noteOnSession = (
  table: Table,
  session: PaymentSession,
  note: Pick<PaymentSession, 'dueAt'> | Pick<PaymentSession, 'askedAt'>,
): Promise<boolean> => {
  const writes = new Transaction(table);
  putSession(writes, session, { ...session, ...note });
  return wasWritten(writes.commit());
};

const due = z.object({ accountId: z.string(), invoiceId: z.string(), sessionId: z.string() });

/** The sessions that are due at `now`, the longest waiting first, at most `limit`. */
export const sessionsDue = async (table: Table, now: string, limit: number): Promise<SessionIds[]> => {
  const { items } = await queryPage(table, { pk: dueSessions, until: now, limit });
  return items.map(({ data }) => due.parse(data));
};
