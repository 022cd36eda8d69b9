import { handle } from '#functions/http/handler.ts';
import { limitOf, nextCursor, positionOf } from '#functions/http/lists.ts';
import { table } from '#functions/wiring/table.ts';
import { listRecords } from '#lib/data/collection.ts';
import { views } from '#lib/data/collections.ts';
import { viewKey } from '#lib/data/keys.ts';
import { seesView, type View } from '#lib/domain/exports/view.ts';
import { listViews } from './contract.ts';
import { showView } from './load-view.ts';

export const handler = handle(listViews, {
  run: async ({ caller, query }) => {
    const { pk } = viewKey(caller.accountId, '');
    const limit = limitOf(query);
    const seen: View[] = [];
    let after = await positionOf(query, pk);
    do {
      const page = await listRecords(table(), views, { pk, limit: limit - seen.length, after });
      seen.push(...page.records.filter((view) => seesView(view, caller.actor.id)));
      after = page.next;
    } while (after !== undefined && seen.length < limit);
    return { result: { data: seen.map(showView), nextCursor: await nextCursor(after, pk) } };
  },
});
