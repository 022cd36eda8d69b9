import * as z from 'zod';
import { defineAction } from '#functions/http/contract.ts';
import { amount, formed } from '#lib/domain/fields.ts';

/** What a buyer's link opens. An unknown, malformed, expired or revoked one answers 404 and says nothing else (LINK-7). */

const tag = 'Buyer’s pages';
const access = { kind: 'link' } as const;

const page = {
  method: 'GET',
  tag,
  access,
  status: 200,
  result: 'html',
  uses: [
    'table:read',
    'table:write',
    'table:delete',
    'secrets',
    'documents:read',
    'payments',
    'mail:address',
  ],
  refusals: ['not_found', 'invoice_deleted'],
} as const;

export const openLink = defineAction({
  ...page,
  name: 'open-link',
  path: '/i/{token}',
  summary: 'The invoice’s page',
});

export const openLinkWithSlug = defineAction({
  ...page,
  name: 'open-link-with-slug',
  path: '/i/{token}/{slug}',
  summary: 'The invoice’s page; the slug is for people to read',
});

export const openLinkPdf = defineAction({
  name: 'open-link-pdf',
  method: 'GET',
  path: '/i/{token}/pdf',
  tag,
  summary: 'On to the PDF, at a signed address of five minutes at most',
  access,
  status: 302,
  result: 'redirect',
  uses: ['table:read', 'secrets', 'documents:read', 'queue:render'],
  refusals: ['not_found', 'invoice_deleted'],
});

export const checkOut = defineAction({
  name: 'check-out',
  method: 'POST',
  path: '/i/{token}/checkout',
  tag,
  summary: 'On to the payment provider’s page, to pay the balance or a part of it',
  description:
    'Sent by the form of the invoice’s page, or as JSON. Whoever asks again is led to the same session. Where the invoice is another than the buyer saw, back to its page.',
  access,
  body: z.strictObject({
    // As a person types it; `typedAmount` reads it.
    amount: formed(
      /^[0-9٠-٩۰-۹\s.,'’٫٬]{1,40}$/,
      'invalid_amount',
      'must be an amount, with a point or a comma before its decimals',
    ).nullish(),
    documentVersion: formed(/^[1-9]\d{0,8}$/, 'invalid_version', 'must be a number').nullish(),
    balanceDue: amount().nullish(),
  }),
  form: true,
  status: 303,
  result: 'redirect',
  uses: ['table:read', 'table:write', 'table:delete', 'secrets', 'payments'],
  refusals: [
    'not_found',
    'invoice_deleted',
    'invoice_paid',
    'invoice_voided',
    'payment_processing',
    'payment_exceeds_balance',
    'amount_not_payable_online',
    'payment_provider_unavailable',
  ],
  example: { amount: '120.00', documentVersion: '1', balanceDue: '480.00' },
});

export const openPreview = defineAction({
  ...page,
  name: 'open-preview',
  path: '/p/{token}',
  summary: 'The invoice as its buyer would see it, for staff, five minutes long',
  description: 'Nothing can be paid here, and opening it records nothing.',
  uses: ['table:read', 'secrets', 'documents:read'],
  refusals: ['not_found'],
});
