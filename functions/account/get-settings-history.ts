import { handle } from '#functions/http/handler.ts';
import { showHistoryEntry } from '#functions/http/history-answer.ts';
import { limitOf, nextCursor, positionOf } from '#functions/http/lists.ts';
import { table } from '#functions/wiring/table.ts';
import { readHistory } from '#lib/data/history.ts';
import { getSettingsHistory } from './contract.ts';

export const handler = handle(getSettingsHistory, {
  run: async ({ caller: { accountId }, query }) => {
    const scope = `${accountId} history settings`;
    const page = { limit: limitOf(query), after: await positionOf(query, scope) };
    const { entries, next } = await readHistory(table(), accountId, 'settings', page);
    return { result: { data: entries.map(showHistoryEntry), nextCursor: await nextCursor(next, scope) } };
  },
});
