import * as z from 'zod';
import { secrets } from '#functions/wiring/secrets.ts';
import { formed, refuse } from '#lib/domain/fields.ts';
import { readCursor, writeCursor } from '#lib/tokens/cursor.ts';

/** Lists: `{ data, nextCursor }`, `limit` 1–200, 25 if absent (api.md). */

export const limit = formed(/^([1-9]\d?|1\d\d|200)$/, 'invalid_limit', 'must be from 1 to 200')
  .meta({ type: 'integer', minimum: 1, maximum: 200, default: 25 })
  .optional();
const cursor = z
  .string()
  .superRefine((given, ctx) => {
    if (given.length > 2_000) refuse(ctx, 'invalid_cursor', 'is not a cursor of this list');
  })
  .meta({ maxLength: 2_000 })
  .optional();
export const pageQuery = z.strictObject({ limit, cursor });
type PageQuery = { limit?: string | undefined; cursor?: string | undefined };

export const limitOf = ({ limit: given }: PageQuery): number => Number(given ?? '25');

export const listOf = <T extends z.ZodType>(item: T) =>
  z.object({ data: z.array(item), nextCursor: z.string().nullable() });

/** Where the page before ended. `scope` names the list and all that chose it. @throws Refusal invalid_cursor */
export const positionOf = async ({ cursor: given }: PageQuery, scope: string): Promise<string | undefined> =>
  given === undefined ? undefined : z.string().parse(readCursor(given, scope, (await secrets()).cursors));

/** The cursor of the next page, or null at the end. */
export const nextCursor = async (position: string | undefined, scope: string): Promise<string | null> =>
  position === undefined ? null : writeCursor(position, scope, (await secrets()).cursors);
