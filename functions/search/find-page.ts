import type * as z from 'zod';
import type { Caller } from '#functions/http/caller.ts';
import { accountSettings } from '#functions/http/existing.ts';
import { table } from '#functions/wiring/table.ts';
import { readPropertyDefinitions } from '#lib/data/property-definitions.ts';
import { dayIn } from '#lib/domain/day.ts';
import { findInvoices, usualBudget } from '#lib/search/find-invoices.ts';
import { type foundInvoices, showFound } from './found-answer.ts';
import { type Asked, namesCustomProperty, readSearch } from './read-search.ts';
import { readSearchCursor, writeSearchCursor } from './search-cursor.ts';

/** What an action knows of its request that finding a page needs. */
export type Asking = { caller: Caller; now: string; patience: { deadline: number } };

/**
 * The page of invoices that a body of a search asks for.
 * @throws Refusal invalid_filter, invalid_cursor, invalid_request
 */
export const findPage = async (
  { caller: { accountId }, now, patience }: Asking,
  body: unknown,
  asked: Asked = {},
): Promise<z.input<typeof foundInvoices>> => {
  const [account, definitions] = await Promise.all([
    accountSettings(accountId),
    namesCustomProperty(body) ? readPropertyDefinitions(table(), accountId) : [],
  ]);
  const { search, columns, limit, cursor, explain } = readSearch(body, definitions, asked);
  const question = { accountId, search };
  const position =
    cursor === undefined
      ? { day: dayIn(account.timeZone, now) }
      : await readSearchCursor(cursor, question, asked.pointerOf?.('/cursor') ?? '/cursor');
  const { headers, next, complete, explained } = await findInvoices(table(), search, {
    ...{ accountId, shards: account.shards, position, limit, explain },
    budget: usualBudget(Date.parse(now), patience.deadline),
  });
  return {
    data: headers.map((header) => showFound(header, position.day, columns)),
    nextCursor: await writeSearchCursor(next, question),
    complete,
    ...(explained && { explain: explained }),
  };
};
