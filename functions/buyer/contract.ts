import { defineAction } from '#functions/http/contract.ts';

/** What a buyer's link opens. An unknown, malformed, expired or revoked one answers 404 and says nothing else (LINK-7). */

const tag = 'Buyer’s pages';
const access = { kind: 'link' } as const;

const page = {
  method: 'GET',
  tag,
  access,
  status: 200,
  result: 'html',
  uses: ['table:read', 'table:write', 'secrets', 'documents:read'],
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

export const openPreview = defineAction({
  ...page,
  name: 'open-preview',
  path: '/p/{token}',
  summary: 'The invoice as its buyer would see it, for staff, five minutes long',
  description: 'Nothing can be paid here, and opening it records nothing.',
  uses: ['table:read', 'secrets', 'documents:read'],
  refusals: ['not_found'],
});
