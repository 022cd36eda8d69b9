import { createHash } from 'node:crypto';
import * as z from 'zod';
import { secrets } from '#functions/wiring/secrets.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import type { Search } from '#lib/domain/search/filter.ts';
import { foldAccents } from '#lib/domain/search/fold.ts';
import type { Position } from '#lib/search/find-invoices.ts';
import { readCursor, writeCursor } from '#lib/tokens/cursor.ts';

/** Cursors of searches: where a page ended, good for the account and the question alone (FILT-4). */

/** What makes a search this one: filter, query and order; neither columns nor the size of the page. */
const digestOf = ({ filter, query, sort }: Search): string => {
  const branches = filter.map((branch) =>
    branch.map(({ property: { name, type }, ...condition }) => [
      name,
      type,
      condition.operator,
      'value' in condition ? condition.value : null,
      'highValue' in condition ? condition.highValue : null,
      'values' in condition ? condition.values : null,
    ]),
  );
  const asked = query ?? '';
  const question = [branches, foldAccents(asked) || asked.trim(), sort.property, sort.direction];
  return createHash('sha256').update(JSON.stringify(question)).digest('base64url');
};

const scopeOf = (accountId: string, search: Search): string => `${accountId} search ${digestOf(search)}`;

/** Short names: a cursor travels in addresses. */
const stored = z.strictObject({ d: z.string(), p: z.string().optional(), s: z.literal(true).optional() });

/** @throws Refusal invalid_cursor, at `pointer` */
export const readSearchCursor = async (
  cursor: string,
  question: { accountId: string; search: Search },
  pointer: string,
): Promise<Position> => {
  const { cursors } = await secrets();
  try {
    const { d, p, s } = stored.parse(
      readCursor(cursor, scopeOf(question.accountId, question.search), cursors),
    );
    return { day: d, place: p, sweep: s };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const errors = [{ pointer, code: 'invalid_cursor', detail: 'is not a cursor of this search' }];
    throw new Refusal('invalid_cursor', { errors }, { cause: error });
  }
};

/** The cursor of the next page, or null at the end. */
export const writeSearchCursor = async (
  next: Position | undefined,
  question: { accountId: string; search: Search },
): Promise<string | null> => {
  if (next === undefined) return null;
  const { day: d, place: p, sweep: s } = next;
  return writeCursor({ d, p, s }, scopeOf(question.accountId, question.search), (await secrets()).cursors);
};
