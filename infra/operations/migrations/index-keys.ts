import { isDeepStrictEqual } from 'node:util';
import { readSettings } from '#lib/data/accounts.ts';
import { indexAttributes, indexNames, invoiceIndexKeys, paymentIndexKeys } from '#lib/data/indexes.ts';
import { readList } from '#lib/data/lists.ts';
import type { Item } from '#lib/data/table.ts';
import { storedHeader } from '#lib/domain/invoice/invoice.ts';
import { storedPayment } from '#lib/domain/payment.ts';
import type { Migration } from './walk.ts';

const itemsPerPage = 50;
const attributes = new Set<string>(indexNames.flatMap((index) => Object.values(indexAttributes(index))));

const withIndexKeys = (item: Item): Item => {
  const rest = Object.fromEntries(Object.entries(item).filter(([name]) => !attributes.has(name)));
  const keys =
    item.sk === 'PAYMENT'
      ? paymentIndexKeys(storedPayment.parse({ ...(item.data as object), revision: item.revision }))
      : invoiceIndexKeys(storedHeader.parse(item.data));
  return { ...rest, ...keys } as Item;
};

/**
 * Gives invoices and payments the keys of their lists as lib/data/indexes.ts makes them now: after a new index was
 * added there and deployed. It walks by creation, in which all stand.
 */
export const indexKeys: Migration = {
  page: async (table, accountId, after = 'I') => {
    const settings = await readSettings(table, accountId);
    if (settings === undefined) return { keys: [], next: undefined };
    const kind = after.startsWith('P') ? 'P' : 'I';
    const { items, next } = await readList(table, {
      ...{ index: 'byCreation', kind, accountId, shards: settings.shards, descending: false },
      ...{ limit: itemsPerPage, after: after.slice(1) || undefined },
    });
    const atEnd = kind === 'I' ? 'P' : undefined;
    return {
      keys: items.map(({ pk, sk }) => ({ pk, sk })),
      next: next === undefined ? atEnd : `${kind}${next}`,
    };
  },
  rewrite: (item) => {
    const next = withIndexKeys(item);
    return isDeepStrictEqual(next, item) ? undefined : next;
  },
};
