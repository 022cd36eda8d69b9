import * as z from 'zod';
import { defineAction } from '#functions/http/contract.ts';
import { line, propertyName } from '#lib/domain/fields.ts';
import { propertyTypes } from '#lib/domain/property-definition.ts';

/** Definitions of an invoice's properties, the custom ones included (FILT-6). */

const tag = 'Properties';
const read = { kind: 'account', permissions: ['invoices.read'] } as const;

const propertyAnswer = z
  .object({
    name: z.string(),
    type: z.string(),
    label: z.string(),
    operators: z.array(z.string()),
    choices: z.array(z.string()).nullable(),
    sortable: z.boolean(),
    custom: z.boolean(),
  })
  .meta({ id: 'Property' });

export const listInvoiceProperties = defineAction({
  name: 'list-invoice-properties',
  method: 'GET',
  path: '/v1/invoices/properties',
  tag,
  summary: 'Definitions of the invoice’s properties, custom ones included',
  description: 'What a client needs to build its filter and column pickers.',
  access: read,
  status: 200,
  result: z.object({ data: z.array(propertyAnswer), nextCursor: z.null() }),
  uses: ['table:read', 'identity'],
});

export const createInvoiceProperty = defineAction({
  name: 'create-invoice-property',
  method: 'POST',
  path: '/v1/invoices/properties',
  tag,
  summary: 'Define a custom property',
  access: { kind: 'account', permissions: ['settings.write'] },
  body: z.strictObject({
    name: propertyName(),
    label: line(),
    type: z.enum(propertyTypes),
  }),
  status: 201,
  result: propertyAnswer,
  uses: ['table:read', 'table:write', 'identity'],
  example: { name: 'costCentre', label: 'Cost centre', type: 'string' },
});

export const deleteInvoiceProperty = defineAction({
  name: 'delete-invoice-property',
  method: 'DELETE',
  path: '/v1/invoices/properties/{name}',
  tag,
  summary: 'Delete the definition of a custom property; values on invoices stay',
  access: { kind: 'account', permissions: ['settings.write'] },
  status: 204,
  uses: ['table:read', 'table:delete', 'identity'],
});
