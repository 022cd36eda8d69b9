import * as z from 'zod';
import { defineAction } from '#functions/http/contract.ts';
import { historyEntry } from '#functions/http/history-answer.ts';
import { listOf, pageQuery } from '#functions/http/lists.ts';
import { actor } from '#lib/domain/actor.ts';
import { changeSources } from '#lib/domain/change.ts';
import { instant } from '#lib/domain/fields.ts';

/** The history of an invoice, whole and by property (HIST). */

const tag = 'Invoices';
const read = { kind: 'account', permissions: ['invoices.read'] } as const;

export const getInvoiceHistory = defineAction({
  name: 'get-invoice-history',
  method: 'GET',
  path: '/v1/invoices/{invoiceId}/history',
  tag,
  summary: 'Every change of the invoice, with who made it, oldest first',
  access: read,
  query: pageQuery,
  status: 200,
  result: listOf(historyEntry),
  uses: ['table:read', 'secrets', 'identity'],
});

export const getPropertyHistory = defineAction({
  name: 'get-property-history',
  method: 'GET',
  path: '/v1/invoices/{invoiceId}/history/{property}',
  tag,
  summary: 'A property’s values, from the one at creation on, with who set each and when',
  access: read,
  query: pageQuery,
  status: 200,
  result: listOf(
    z
      .object({ value: z.unknown(), at: instant(), actor, source: z.enum(changeSources) })
      .meta({ id: 'PropertyValue' }),
  ),
  uses: ['table:read', 'secrets', 'identity'],
});
