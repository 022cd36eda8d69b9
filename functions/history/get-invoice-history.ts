import { idOf } from '#functions/http/existing.ts';
import { handle } from '#functions/http/handler.ts';
import { showHistoryEntry } from '#functions/http/history-answer.ts';
import { limitOf, nextCursor, positionOf } from '#functions/http/lists.ts';
import { loadHeader } from '#functions/invoices/load-invoice.ts';
import { table } from '#functions/wiring/table.ts';
import { readHistory } from '#lib/data/history.ts';
import { getInvoiceHistory } from './contract.ts';

export const handler = handle(getInvoiceHistory, {
  run: async ({ caller, params, query }) => {
    const { accountId } = caller;
    const id = idOf('inv', params.invoiceId);
    const scope = `${accountId} history ${id}`;
    const after = await positionOf(query, scope);
    const { entries, next } = await readHistory(table(), accountId, id, { limit: limitOf(query), after });
    // A history outlives its invoice (HIST-4); a new invoice may be a moment ahead of its history.
    if (entries.length === 0 && after === undefined) await loadHeader(accountId, id);
    return { result: { data: entries.map(showHistoryEntry), nextCursor: await nextCursor(next, scope) } };
  },
});
