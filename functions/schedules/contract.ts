import * as z from 'zod';
import { exportShape } from '#functions/exports/contract.ts';
import { defineAction } from '#functions/http/contract.ts';
import { listOf, pageQuery } from '#functions/http/lists.ts';
import { timeZone } from '#lib/domain/account/settings.ts';
import { actor } from '#lib/domain/actor.ts';
import { exportFormats, exportSorts, exportStatuses } from '#lib/domain/exports/export.ts';
import { pauseReasons } from '#lib/domain/exports/schedule.ts';
import { email, id, instant, line, refuse } from '#lib/domain/fields.ts';
import { distinct } from '#lib/domain/invoice/properties.ts';
import { isDeliverable, notDeliverable } from '#lib/email/address.ts';
import { nextDue } from '#lib/exports/cron.ts';

const tag = 'Exports';
const access = { kind: 'account', permissions: ['exports.write', 'invoices.read'], every: true } as const;
const path = '/v1/export-schedules/{scheduleId}';

const isCron = (expression: string): boolean => {
  try {
    return nextDue(expression, 'UTC', '2026-01-01T00:00:00.000Z') !== undefined;
  } catch {
    return false;
  }
};

const cron = z
  .string()
  .superRefine((expression, ctx) => {
    if (expression.length > 100 || !isCron(expression))
      refuse(ctx, 'invalid_cron', 'must be a cron expression of five fields that is due some day');
  })
  .meta({ maxLength: 100, examples: ['0 6 * * 1-5'] });

const recipientsAtMost = 20;
const address = email();
const recipient = address
  .superRefine((given, ctx) => {
    if (!isDeliverable(given)) refuse(ctx, notDeliverable.code, notDeliverable.detail);
  })
  .meta(address.meta() ?? {});
const shape = {
  ...exportShape,
  since: z.literal('last').nullish(),
  timeZone: timeZone().nullish(),
  recipients: distinct(z.array(recipient).max(recipientsAtMost)).nullish(),
  active: z.boolean().nullish(),
};
const scheduleRequest = z.strictObject({ name: line(), cron, ...shape });
const schedulePatch = z.strictObject({
  ...shape,
  name: line().optional(),
  cron: cron.optional(),
  format: exportShape.format.optional(),
});
export type ScheduleRequest = z.output<typeof scheduleRequest>;
export type SchedulePatch = z.output<typeof schedulePatch>;

export const scheduleAnswer = z
  .object({
    id: id('sch'),
    version: z.int(),
    name: z.string(),
    format: z.enum(exportFormats),
    filterGroups: z.array(z.record(z.string(), z.unknown())).nullable(),
    viewId: id('viw').nullable(),
    invoiceIds: z.array(z.string()).nullable(),
    columns: z.array(z.string()).nullable(),
    sort: z.enum(exportSorts).nullable(),
    bom: z.boolean().nullable(),
    since: z.literal('last').nullable(),
    cron: z.string(),
    timeZone: z.string(),
    recipients: z.array(z.string()),
    active: z.boolean(),
    pausedReason: z.enum(pauseReasons).nullable(),
    nextRunAt: instant().nullable(),
    lastRuns: z.array(
      z.object({
        exportId: id('exp'),
        dueAt: instant(),
        startedAt: instant(),
        status: z.enum(exportStatuses),
        rows: z.int().nullable(),
        finishedAt: instant().nullable(),
        error: z.string().nullable(),
      }),
    ),
    createdAt: instant(),
    createdBy: actor,
    updatedAt: instant(),
  })
  .meta({ id: 'ExportSchedule' });

export const listExportSchedules = defineAction({
  name: 'list-export-schedules',
  method: 'GET',
  path: '/v1/export-schedules',
  tag,
  summary: 'Schedules of exports, oldest first',
  access,
  query: pageQuery,
  status: 200,
  result: listOf(scheduleAnswer),
  uses: ['table:read', 'secrets', 'identity'],
});

export const createExportSchedule = defineAction({
  name: 'create-export-schedule',
  method: 'POST',
  path: '/v1/export-schedules',
  tag,
  summary: 'Have an export made again and again',
  description:
    'At each due time the export is made once, with the permissions of whoever made the schedule, and a link that lives 30 days is e-mailed to each recipient. Once those permissions are gone the schedule is paused: `pausedReason`. With `since: "last"` it goes on from its last export that is done: accounting layouts hold each invoice once, by the numbers given since, and name in the manifest those that were edited, voided or deleted after they were taken; the other formats hold what was created or changed up to a minute before the start.',
  access,
  body: scheduleRequest,
  status: 201,
  result: scheduleAnswer,
  versioned: true,
  refusals: ['invalid_filter'],
  uses: ['table:read', 'table:write', 'identity'],
  example: {
    ...{ name: 'Sales of the day', format: 'quickbooks_intl', since: 'last' },
    ...{ cron: '0 6 * * 1-5', timeZone: 'Europe/Paris', recipients: ['books@example.com'] },
  },
});

export const getExportSchedule = defineAction({
  name: 'get-export-schedule',
  method: 'GET',
  path,
  tag,
  summary: 'A schedule: when it is due next, and what its last runs came to',
  access,
  status: 200,
  result: scheduleAnswer,
  versioned: true,
  uses: ['table:read', 'identity'],
});

export const updateExportSchedule = defineAction({
  name: 'update-export-schedule',
  method: 'PATCH',
  path,
  tag,
  summary: 'Change, pause or resume a schedule',
  access,
  body: schedulePatch,
  status: 200,
  result: scheduleAnswer,
  versioned: true,
  refusals: ['invalid_filter'],
  uses: ['table:read', 'table:write', 'table:delete', 'identity'],
  example: { active: false },
});

export const deleteExportSchedule = defineAction({
  name: 'delete-export-schedule',
  method: 'DELETE',
  path,
  tag,
  summary: 'Delete a schedule; the exports that it made stay',
  access,
  status: 204,
  versioned: true,
  uses: ['table:read', 'table:delete', 'identity'],
});
