import { exportOrder, refuseSeveral } from '#functions/exports/export-order.ts';
import type { Caller } from '#functions/http/caller.ts';
import type { ExportOrder } from '#lib/domain/exports/export.ts';
import type { ScheduledRequest } from '#lib/domain/exports/schedule.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import type { SchedulePatch } from './contract.ts';

const parts = ['filterGroups', 'viewId', 'invoiceIds', 'columns', 'sort', 'bom', 'since'] as const;

/** What a schedule asks for after a patch of it: `null` removes, what is not named stays. */
export const requestAfter = (
  before: Partial<ScheduledRequest>,
  patch: SchedulePatch,
): Partial<ScheduledRequest> => {
  const next: Record<string, unknown> = { ...before };
  if (patch.format !== undefined) next.format = patch.format;
  for (const name of parts) {
    if (patch[name] === null) delete next[name];
    else if (patch[name] !== undefined) next[name] = patch[name];
  }
  return next as Partial<ScheduledRequest>;
};

const refuseSinceOfSelection = ({ since, invoiceIds }: ScheduledRequest): void => {
  if (since === undefined || invoiceIds === undefined) return;
  const detail = 'can’t be given with invoiceIds';
  throw new Refusal('invalid_request', { errors: [{ pointer: '/since', code: 'excludes_other', detail }] });
};

/**
 * What a schedule’s export holds, as its view and the account’s properties are now.
 * @throws Refusal invalid_request, invalid_filter
 */
export const scheduledOrder = (caller: Caller, request: ScheduledRequest): Promise<ExportOrder> => {
  refuseSinceOfSelection(request);
  const { since: _since, ...body } = request;
  return exportOrder(caller, body);
};

/**
 * Checks the parts that a patch names, and that they go with those that stay: these were checked when they were said,
 * and what they name may be gone since.
 * @throws Refusal invalid_request, invalid_filter
 */
export const checkPatched = async (
  caller: Caller,
  request: ScheduledRequest,
  patch: SchedulePatch,
): Promise<void> => {
  refuseSinceOfSelection(request);
  refuseSeveral(request);
  const { filterGroups, viewId, columns } = patch;
  await exportOrder(caller, { format: request.format, filterGroups, viewId, columns });
};
