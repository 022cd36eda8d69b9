import type * as z from 'zod';
import { shown } from '#functions/http/answer.ts';
import { found, idOf } from '#functions/http/existing.ts';
import type { ActionRequest } from '#functions/http/request.ts';
import { table } from '#functions/wiring/table.ts';
import { readRecord } from '#lib/data/collection.ts';
import { views } from '#lib/data/collections.ts';
import { isOwnView, seesView, type View } from '#lib/domain/exports/view.ts';
import { type deleteView, type updateView, viewAnswer } from './contract.ts';

export const showView = (view: View): z.output<typeof viewAnswer> => shown(viewAnswer, view);

/** The view, if the caller sees it: that of somebody else who keeps it to himself is none. */
export const findView = async (
  accountId: string,
  actorId: string,
  viewId: string,
): Promise<View | undefined> => {
  const view = await readRecord(table(), views, accountId, viewId);
  return view !== undefined && seesView(view, actorId) ? view : undefined;
};

/** @throws Refusal not_found */
export const loadView = async (accountId: string, actorId: string, viewId: string): Promise<View> =>
  found(await findView(accountId, actorId, idOf('viw', viewId)));

/** The view that a request is to change. @throws Refusal not_found, permission_denied, version_conflict */
export const viewToChange = async ({
  caller,
  params,
  demand,
  expectVersion,
}: Pick<
  ActionRequest<typeof updateView | typeof deleteView>,
  'caller' | 'params' | 'demand' | 'expectVersion'
>): Promise<View> => {
  const view = await loadView(caller.accountId, caller.actor.id, params.viewId);
  if (!isOwnView(view, caller.actor.id)) demand('settings.write');
  expectVersion(view.version);
  return view;
};
