import { found, idOf } from '#functions/http/existing.ts';
import { handle } from '#functions/http/handler.ts';
import { showHistoryEntry } from '#functions/http/history-answer.ts';
import { limitOf, nextCursor, positionOf } from '#functions/http/lists.ts';
import { table } from '#functions/wiring/table.ts';
import { readRecord } from '#lib/data/collection.ts';
import { payments } from '#lib/data/collections.ts';
import { readHistory } from '#lib/data/history.ts';
import { getPaymentHistory } from './contract.ts';

export const handler = handle(getPaymentHistory, {
  run: async ({ caller, params, query }) => {
    const { accountId } = caller;
    const id = idOf('pay', params.paymentId);
    const scope = `${accountId} history ${id}`;
    const after = await positionOf(query, scope);
    const { entries, next } = await readHistory(table(), accountId, id, { limit: limitOf(query), after });
    // A history outlives its payment (PAY-7); a new payment may be a moment ahead of its history.
    if (entries.length === 0 && after === undefined)
      found(await readRecord(table(), payments, accountId, id));
    return { result: { data: entries.map(showHistoryEntry), nextCursor: await nextCursor(next, scope) } };
  },
});
