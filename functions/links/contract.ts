import * as z from 'zod';
import { defineAction } from '#functions/http/contract.ts';
import { listOf, pageQuery } from '#functions/http/lists.ts';
import { id, instant, line, refuse } from '#lib/domain/fields.ts';

/** The links by which buyers see an invoice (LINK). */

const tag = 'Links';
const read = { kind: 'account', permissions: ['invoices.read'] } as const;
const write = { kind: 'account', permissions: ['invoices.write'] } as const;

export const linkAnswer = z
  .object({
    id: id('lnk'),
    url: z.string(),
    recipient: z.string().nullable(),
    expiresAt: instant().nullable(),
    revokedAt: instant().nullable(),
    lastOpenedAt: instant().nullable(),
    createdAt: instant(),
  })
  .meta({ id: 'Link' });

/** An instant of any offset and precision; the years are those of a day. */
const givenInstant = () =>
  z.iso.datetime({ offset: true }).superRefine((value, ctx) => {
    if (/^\d{4}-\d\d-\d\dT/.test(value) && !/^(19|20|21)/.test(value))
      refuse(ctx, 'invalid_date', 'must be from 1900 to 2199');
  });

export const listInvoiceLinks = defineAction({
  name: 'list-invoice-links',
  method: 'GET',
  path: '/v1/invoices/{invoiceId}/links',
  tag,
  summary: 'The invoice’s links, and when each was last opened',
  description: 'Revoked and expired ones stay in the list.',
  access: read,
  query: pageQuery,
  status: 200,
  result: listOf(linkAnswer),
  uses: ['table:read', 'secrets', 'identity'],
});

export const createInvoiceLink = defineAction({
  name: 'create-invoice-link',
  method: 'POST',
  path: '/v1/invoices/{invoiceId}/links',
  tag,
  summary: 'Make another link: for one recipient, for a time, or in place of a revoked one',
  description:
    'Of a finalized invoice, 200 at most. After the invoice’s own link was revoked, the first link that is asked for without `recipient` and `expiresAt` is the one that took its place (`link` of the invoice).',
  access: write,
  body: z.strictObject({ recipient: line().nullish(), expiresAt: givenInstant().nullish() }),
  status: 201,
  result: linkAnswer,
  refusals: ['invoice_is_draft'],
  uses: ['table:read', 'table:write', 'secrets', 'identity'],
  example: { recipient: 'Accounts payable', expiresAt: '2027-12-31T23:00:00.000Z' },
});

export const revokeInvoiceLink = defineAction({
  name: 'revoke-invoice-link',
  method: 'DELETE',
  path: '/v1/invoices/{invoiceId}/links/{linkId}',
  tag,
  summary: 'Revoke a link: it answers 404 from then on, and stays in the list',
  description:
    'Where it is the invoice’s own (`link`), a new one takes its place, so that the invoice has one always.',
  access: write,
  status: 204,
  uses: ['table:read', 'table:write', 'identity'],
});
