import * as z from 'zod';
import { defineAction } from '#functions/http/contract.ts';
import { listOf, pageQuery } from '#functions/http/lists.ts';
import { columnsPart, filterGroupsPart } from '#functions/search/search-request.ts';
import { actor } from '#lib/domain/actor.ts';
import { exportFormats, exportSorts, exportStatuses, skippedInvoice } from '#lib/domain/exports/export.ts';
import { storedTotals } from '#lib/domain/exports/totals.ts';
import { formed, id, instant } from '#lib/domain/fields.ts';

const tag = 'Exports';
const access = { kind: 'account', permissions: ['exports.write', 'invoices.read'], every: true } as const;
const path = '/v1/exports/{exportId}';

/** Invoices that a selection names at most. */
export const selectedAtMost = 1_000;

/** What an export and a schedule have in common. */
export const exportShape = {
  format: z.enum(exportFormats),
  filterGroups: filterGroupsPart,
  viewId: id('viw').nullish(),
  invoiceIds: z.array(id('inv')).min(1).max(selectedAtMost).nullish(),
  columns: columnsPart,
  sort: z.enum(exportSorts).nullish(),
  bom: z.boolean().nullish(),
};
const exportRequest = z.strictObject(exportShape);
export type ExportRequest = z.output<typeof exportRequest>;

export const exportAnswer = z
  .object({
    id: id('exp'),
    format: z.enum(exportFormats),
    status: z.enum(exportStatuses),
    rowsDone: z.int(),
    rowsExpected: z.int().nullable(),
    rowsPerSecond: z.int(),
    bytes: z.int(),
    files: z.array(
      z.object({
        name: z.string(),
        url: z.string(),
        expiresAt: instant(),
        sha256: z.string(),
        bytes: z.int(),
        rows: z.int(),
      }),
    ),
    manifest: z.object({
      rows: z.int(),
      totals: z.array(storedTotals),
      filterGroups: z.array(z.record(z.string(), z.unknown())),
      invoiceIds: z.array(z.string()).nullable(),
      columns: z.array(z.string()),
      sort: z.enum(exportSorts),
      description: z.string().nullable(),
      skipped: z.array(skippedInvoice),
      skippedUnlisted: z.int(),
      unknownIds: z.array(z.string()),
      changedSinceExported: z.array(z.string()),
    }),
    scheduleId: id('sch').nullable(),
    createdAt: instant(),
    createdBy: actor,
    finishedAt: instant().nullable(),
    error: z.string().nullable(),
  })
  .meta({ id: 'Export' });

export const listExports = defineAction({
  name: 'list-exports',
  method: 'GET',
  path: '/v1/exports',
  tag,
  summary: 'Exports, the newest first',
  access,
  query: pageQuery,
  status: 200,
  result: listOf(exportAnswer),
  uses: ['table:read', 'secrets', 'documents:read', 'identity'],
});

export const createExport = defineAction({
  name: 'create-export',
  method: 'POST',
  path: '/v1/exports',
  tag,
  summary: 'Export all invoices, those of a filter or view, or a selection',
  description:
    'It runs in the background: `GET /v1/exports/{exportId}` shows how far it is, and in the end gives the files at addresses that live five minutes.',
  access,
  body: exportRequest,
  status: 202,
  result: exportAnswer,
  refusals: ['invalid_filter'],
  uses: ['table:read', 'table:write', 'documents:read', 'identity'],
  example: {
    format: 'csv',
    filterGroups: [{ filters: [{ property: 'status', operator: 'EQ', value: 'open' }] }],
    columns: ['number', 'buyerName', 'total', 'dueDate'],
    sort: 'number',
  },
});

export const getExport = defineAction({
  name: 'get-export',
  method: 'GET',
  path,
  tag,
  summary: 'An export: how far it is, and its files',
  access,
  status: 200,
  result: exportAnswer,
  uses: ['table:read', 'documents:read', 'identity'],
});

export const deleteExport = defineAction({
  name: 'delete-export',
  method: 'DELETE',
  path,
  tag,
  summary: 'Cancel a running export, or delete one that is over with its files and link',
  access,
  status: 204,
  uses: ['table:read', 'table:write', 'table:delete', 'identity'],
});

const link = {
  method: 'GET',
  tag,
  access: { kind: 'link' },
  refusals: ['not_found'],
} as const;

export const openExportLink = defineAction({
  ...link,
  name: 'open-export-link',
  path: '/x/{token}',
  summary: 'A mailed link: on to the export’s file, at a signed address of five minutes at most',
  description:
    'Lives 30 days and ends with the export. Of several files on to a page that lists them; `file` names one by its place.',
  query: z.strictObject({
    file: formed(/^[1-9]\d{0,5}$/, 'invalid_file', 'must be the place of a file, from 1')
      .meta({ description: 'The place of a file, from 1.' })
      .optional(),
  }),
  status: 302,
  result: 'redirect',
  uses: ['table:read', 'secrets', 'documents:read'],
});

export const openExportFiles = defineAction({
  ...link,
  name: 'open-export-files',
  path: '/x/{token}/files',
  summary: 'The files of an export that has several',
  status: 200,
  result: 'html',
  uses: ['table:read', 'secrets'],
});
