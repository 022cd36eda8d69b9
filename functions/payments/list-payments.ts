import { accountSettings } from '#functions/http/existing.ts';
import { handle } from '#functions/http/handler.ts';
import { limitOf, nextCursor, positionOf } from '#functions/http/lists.ts';
import { table } from '#functions/wiring/table.ts';
import { contactIdOfEmail } from '#lib/data/contact-emails.ts';
import { searchPayments } from '#lib/data/payment-lists.ts';
import { listPayments } from './contract.ts';
import { showPayment } from './show-payment.ts';

export const handler = handle(listPayments, {
  run: async ({ caller, query }) => {
    const { accountId } = caller;
    const { amount, currency, email, unapplied } = query;
    const scope = `${accountId} payments ${JSON.stringify([amount, currency, email?.toLowerCase(), unapplied])}`;
    const [after, account] = await Promise.all([positionOf(query, scope), accountSettings(accountId)]);
    const contactId = email === undefined ? undefined : await contactIdOfEmail(table(), accountId, email);
    if (email !== undefined && contactId === undefined) return { result: { data: [], nextCursor: null } };
    const { payments, next } = await searchPayments(
      table(),
      { amount, currency, contactId, unapplied: unapplied === undefined ? undefined : unapplied === 'true' },
      { accountId, shards: account.shards, limit: limitOf(query), after },
    );
    return { result: { data: payments.map(showPayment), nextCursor: await nextCursor(next, scope) } };
  },
});
