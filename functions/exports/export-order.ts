import type { Caller } from '#functions/http/caller.ts';
import { checkedSearch } from '#functions/views/checked-search.ts';
import { findView } from '#functions/views/load-view.ts';
import type { ExportOrder } from '#lib/domain/exports/export.ts';
import type { View } from '#lib/domain/exports/view.ts';
import { type Fault, Refusal } from '#lib/domain/refusal.ts';
import type { ExportRequest } from './contract.ts';

const choices = ['filterGroups', 'viewId', 'invoiceIds'] as const;

/** @throws Refusal invalid_request where it is said in several ways what is to be exported */
export const refuseSeveral = (body: Pick<ExportRequest, (typeof choices)[number]>): void => {
  const [first, ...others] = choices.filter((name) => body[name] !== undefined && body[name] !== null);
  const errors = others.map(
    (name): Fault => ({
      ...{ pointer: `/${name}`, code: 'excludes_other', detail: `can’t be given with ${first}` },
    }),
  );
  if (errors.length > 0) throw new Refusal('invalid_request', { errors });
};

const viewOf = async ({ accountId, actor }: Caller, viewId: string): Promise<View> => {
  const view = await findView(accountId, actor.id, viewId);
  if (view !== undefined) return view;
  const fault = { pointer: '/viewId', code: 'not_found', detail: 'is no view of yours or the account’s' };
  throw new Refusal('invalid_request', { errors: [fault] });
};

const sortOfView = (view: View | undefined): ExportOrder['sort'] =>
  view?.sort.property === 'number' ? 'number' : 'createdAt';

/**
 * What a request asks to export: of a view, its filter and columns as they are now.
 * @throws Refusal invalid_request, invalid_filter
 */
export const exportOrder = async (caller: Caller, body: ExportRequest): Promise<ExportOrder> => {
  refuseSeveral(body);
  const view = body.viewId ? await viewOf(caller, body.viewId) : undefined;
  const { filterGroups, columns } = await checkedSearch(caller.accountId, {
    filterGroups: body.filterGroups ?? view?.filterGroups,
    columns: body.columns ?? view?.columns,
  });
  return {
    ...{ format: body.format, filterGroups, columns },
    ...(body.invoiceIds && { invoiceIds: [...new Set(body.invoiceIds)] }),
    sort: body.sort ?? sortOfView(view),
    bom: body.bom ?? false,
  };
};
