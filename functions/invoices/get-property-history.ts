import { idOf } from '#functions/http/existing.ts';
import { handle } from '#functions/http/handler.ts';
import { limitOf, nextCursor, positionOf } from '#functions/http/lists.ts';
import { table } from '#functions/wiring/table.ts';
import { readHistory } from '#lib/data/history.ts';
import { writtenShape } from '#lib/domain/invoice/properties.ts';
import { headerProperties } from '#lib/domain/invoice/property-catalogue.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { getPropertyHistory } from './contract.ts';
import { loadHeader } from './load-invoice.ts';

/** What the service gives besides, and the history knows. */
const given = ['seller', 'buyer', 'taxes', 'email', 'payments'];
const known = new Set([...headerProperties.map(({ name }) => name), ...Object.keys(writtenShape), ...given]);

/** Entries that one call reads at most, whatever few of them name the property. */
const entriesAtMost = 1_000;

export const handler = handle(getPropertyHistory, {
  run: async ({ caller, params, query }) => {
    const { accountId } = caller;
    const { property } = params;
    const id = idOf('inv', params.invoiceId);
    if (!known.has(property) && !property.startsWith('customProperties.')) throw new Refusal('not_found');
    const scope = `${accountId} history ${id} ${property}`;
    const first = await positionOf(query, scope);
    const limit = limitOf(query);
    const data = [];
    let after = first;
    for (let read = 0; read < entriesAtMost && data.length < limit; ) {
      const page = await readHistory(table(), accountId, id, { limit: 100, after });
      if (page.entries.length === 0 && after === undefined) await loadHeader(accountId, id);
      for (const { id: entryId, at, actor, source, changes } of page.entries) {
        if (data.length === limit) break;
        const change = changes.find((one) => one.property === property);
        if (change !== undefined) data.push({ value: change.to, at, actor, source });
        after = entryId;
        read += 1;
      }
      if (data.length < limit && page.next === undefined) return { result: { data, nextCursor: null } };
    }
    return { result: { data, nextCursor: await nextCursor(after, scope) } };
  },
});
