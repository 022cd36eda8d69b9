import { exportOrder, refuseSeveral } from '#functions/exports/export-order.ts';
import type { Caller } from '#functions/http/caller.ts';
import type { ExportOrder } from '#lib/domain/exports/export.ts';
import { type ScheduledRequest, storedRequest } from '#lib/domain/exports/schedule.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import type { SchedulePatch } from './contract.ts';

const parts = ['filterGroups', 'viewId', 'invoiceIds', 'columns', 'sort', 'bom', 'since'] as const;

const refuseSinceOfSelection = ({ since, invoiceIds }: ScheduledRequest): void => {
  if (since === undefined || invoiceIds === undefined) return;
  const detail = 'can’t be given with invoiceIds';
  throw new Refusal('invalid_request', { errors: [{ pointer: '/since', code: 'excludes_other', detail }] });
};

/**
 * What a schedule's export holds, as its view and the account's properties are now.
 * @throws Refusal invalid_request, invalid_filter
 */
export const scheduledOrder = (caller: Caller, request: ScheduledRequest): Promise<ExportOrder> => {
  refuseSinceOfSelection(request);
  const { since: _since, ...body } = request;
  return exportOrder(caller, body);
};

/** The parts that are named, and whether all go together: what was said before may name what is gone since. */
const checkPatched = async (
  caller: Caller,
  request: ScheduledRequest,
  patch: SchedulePatch,
): Promise<void> => {
  refuseSinceOfSelection(request);
  refuseSeveral(request);
  const { filterGroups, viewId, columns } = patch;
  await exportOrder(caller, { format: request.format, filterGroups, viewId, columns });
};

/**
 * What a schedule asks for after a patch of it: `null` removes, what is not named stays.
 * @throws Refusal invalid_request, invalid_filter
 */
export const requestAfter = async (
  caller: Caller,
  before: Partial<ScheduledRequest>,
  patch: SchedulePatch,
): Promise<ScheduledRequest> => {
  const next: Record<string, unknown> = { ...before };
  if (patch.format !== undefined) next.format = patch.format;
  for (const name of parts) {
    if (patch[name] === null) delete next[name];
    else if (patch[name] !== undefined) next[name] = patch[name];
  }
  // The filter may be anything at all until it has been looked at.
  await checkPatched(caller, next as ScheduledRequest, patch);
  return storedRequest.parse(next);
};
