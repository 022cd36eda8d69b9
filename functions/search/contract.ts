import { defineAction } from '#functions/http/contract.ts';
import { foundInvoices } from './found-answer.ts';
import { searchRequest } from './search-request.ts';

export const searchInvoices = defineAction({
  name: 'search-invoices',
  method: 'POST',
  path: '/v1/invoices/search',
  tag: 'Invoices',
  summary: 'Find invoices by any property of the header',
  description:
    'Groups are joined by OR, the filters in a group by AND. Text compares without case, amounts by their number whatever the currency, a list matches when one of its elements does. `GET /v1/invoices/properties` says which operators a property has. A page may come with `complete: false`, and with fewer invoices than there are: its cursor goes on.',
  access: { kind: 'account', permissions: ['invoices.read'] },
  body: searchRequest,
  safe: true,
  status: 200,
  result: foundInvoices,
  refusals: ['invalid_filter', 'invalid_cursor'],
  uses: ['table:read', 'table:lists', 'secrets', 'identity'],
  example: {
    filterGroups: [
      {
        filters: [
          { property: 'status', operator: 'EQ', value: 'open' },
          { property: 'dueDate', operator: 'LT', value: '2026-11-01' },
        ],
      },
      { filters: [{ property: 'total', operator: 'BETWEEN', value: '1000', highValue: '5000' }] },
    ],
    sort: { property: 'dueDate', direction: 'asc' },
    columns: ['number', 'total', 'dueDate'],
    limit: 50,
  },
});
