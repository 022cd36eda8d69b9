import * as z from 'zod';
import { defineAction } from '#functions/http/contract.ts';
import { listOf, pageQuery } from '#functions/http/lists.ts';
import { columnsPart, filterGroupsPart, sortPart } from '#functions/search/search-request.ts';
import { actor } from '#lib/domain/actor.ts';
import { id, instant, line } from '#lib/domain/fields.ts';
import { sortDirections, sortProperties } from '#lib/domain/search/filter.ts';

const tag = 'Views';
const access = { kind: 'account', permissions: ['invoices.read'] } as const;
const path = '/v1/views/{viewId}';

const shared = z.boolean().nullish();
const search = { filterGroups: filterGroupsPart, sort: sortPart, columns: columnsPart };
const viewRequest = z.strictObject({ name: line(), shared, ...search });
const viewPatch = z.strictObject({ name: line().optional(), shared, ...search });

export const viewAnswer = z
  .object({
    id: id('viw'),
    version: z.int(),
    name: z.string(),
    shared: z.boolean(),
    filterGroups: z.array(z.record(z.string(), z.unknown())),
    sort: z.object({ property: z.enum(sortProperties), direction: z.enum(sortDirections) }),
    columns: z.array(z.string()),
    createdAt: instant(),
    createdBy: actor,
    updatedAt: instant(),
  })
  .meta({ id: 'View' });

const example = {
  name: 'Overdue, largest first',
  shared: true,
  filterGroups: [{ filters: [{ property: 'overdue', operator: 'EQ', value: true }] }],
  sort: { property: 'total', direction: 'desc' },
  columns: ['number', 'buyerName', 'total', 'daysOverdue'],
};

export const listViews = defineAction({
  name: 'list-views',
  method: 'GET',
  path: '/v1/views',
  tag,
  summary: 'One’s own views and those that are shared, oldest first',
  access,
  query: pageQuery,
  status: 200,
  result: listOf(viewAnswer),
  uses: ['table:read', 'secrets', 'identity'],
});

export const createView = defineAction({
  name: 'create-view',
  method: 'POST',
  path: '/v1/views',
  tag,
  summary: 'Save a filter, an order and a choice of columns',
  access,
  body: viewRequest,
  status: 201,
  result: viewAnswer,
  versioned: true,
  refusals: ['invalid_filter'],
  uses: ['table:read', 'table:write', 'identity'],
  example,
});

export const getView = defineAction({
  name: 'get-view',
  method: 'GET',
  path,
  tag,
  summary: 'A view',
  access,
  status: 200,
  result: viewAnswer,
  versioned: true,
  uses: ['table:read', 'identity'],
});

export const updateView = defineAction({
  name: 'update-view',
  method: 'PATCH',
  path,
  tag,
  summary: 'Change a view; that of somebody else needs `settings.write`',
  access,
  body: viewPatch,
  status: 200,
  result: viewAnswer,
  versioned: true,
  refusals: ['invalid_filter'],
  uses: ['table:read', 'table:write', 'identity'],
  example: { name: 'Overdue' },
});

export const deleteView = defineAction({
  name: 'delete-view',
  method: 'DELETE',
  path,
  tag,
  summary: 'Delete a view; that of somebody else needs `settings.write`',
  access,
  status: 204,
  versioned: true,
  uses: ['table:read', 'table:delete', 'identity'],
});
