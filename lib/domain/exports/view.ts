import * as z from 'zod';
import { actor } from '#lib/domain/actor.ts';
import { sortDirections, sortProperties } from '#lib/domain/search/filter.ts';

/** A filter, an order and a choice of columns, saved under a name (VIEW-1). */
export const storedView = z.object({
  id: z.string(),
  accountId: z.string(),
  version: z.number(),
  revision: z.number(),
  name: z.string(),
  shared: z.boolean(),
  /** As they were written, and found to be faultless then. */
  filterGroups: z.array(z.unknown()),
  sort: z.object({ property: z.enum(sortProperties), direction: z.enum(sortDirections) }),
  columns: z.array(z.string()),
  createdAt: z.string(),
  createdBy: actor,
  updatedAt: z.string(),
});
export type View = z.infer<typeof storedView>;

export const isOwnView = ({ createdBy }: Pick<View, 'createdBy'>, actorId: string): boolean =>
  createdBy.id === actorId;

/** Whether a member or key sees the view: its own ones, and those that are shared with the account. */
export const seesView = (view: Pick<View, 'createdBy' | 'shared'>, actorId: string): boolean =>
  view.shared || isOwnView(view, actorId);
