import * as z from 'zod';
import { defineAction } from '#functions/http/contract.ts';
import { listOf, pageQuery } from '#functions/http/lists.ts';
import { sendRequest } from '#functions/invoices/contract.ts';
import { email, formed, id, instant, line } from '#lib/domain/fields.ts';
import { distinct } from '#lib/domain/invoice/properties.ts';

const tag = 'Sending';
const write = { kind: 'account', permissions: ['invoices.write', 'settings.write'] } as const;

const sharedWith = z.union([z.literal('account'), distinct(z.array(id('mem')).max(200))]);
const senderAddress = z
  .object({
    email: z.string(),
    name: z.string().nullable(),
    sharedWith,
    verified: z.boolean(),
    verifiedAt: instant().nullable(),
    version: z.int(),
    createdAt: instant(),
    updatedAt: instant(),
  })
  .meta({ id: 'SenderAddress' });

export const listSenderAddresses = defineAction({
  name: 'list-sender-addresses',
  method: 'GET',
  path: '/v1/sender-addresses',
  tag,
  summary: 'The sender addresses that are open to the caller, and whether each is proved',
  access: { kind: 'account', permissions: ['invoices.read'] },
  query: pageQuery,
  status: 200,
  result: listOf(senderAddress),
  uses: ['table:read', 'secrets', 'identity'],
});

export const createSenderAddress = defineAction({
  name: 'create-sender-address',
  method: 'POST',
  path: '/v1/sender-addresses',
  tag,
  summary: 'Ask to send from an address; a code is mailed to it',
  description:
    'One’s own address with `invoices.write`, others with `settings.write`. Asked again, a new code is mailed; the earlier one is void.',
  access: write,
  body: z.strictObject({ email: email(), name: line().nullish(), sharedWith: sharedWith.nullish() }),
  status: 201,
  result: senderAddress,
  versioned: true,
  uses: ['table:read', 'table:write', 'identity'],
  example: { email: 'billing@example.com', name: 'Example billing', sharedWith: 'account' },
});

export const confirmSenderAddress = defineAction({
  name: 'confirm-sender-address',
  method: 'POST',
  path: '/v1/sender-addresses/{email}/confirm',
  tag,
  summary: 'Prove the address by the six digits that were mailed to it',
  access: write,
  body: z.strictObject({ code: formed(/^\d{6}$/, 'invalid_code', 'must be six digits') }),
  status: 200,
  result: senderAddress,
  versioned: true,
  uses: ['table:read', 'table:write', 'secrets', 'identity'],
  description: 'Five wrong tries, or an hour, and a new code has to be asked for.',
  example: { code: '402917' },
});

export const deleteSenderAddress = defineAction({
  name: 'delete-sender-address',
  method: 'DELETE',
  path: '/v1/sender-addresses/{email}',
  tag,
  summary: 'Send from the address no more',
  access: write,
  status: 204,
  versioned: true,
  uses: ['table:read', 'table:write', 'identity'],
});

const ofInvoice = {
  tag,
  access: { kind: 'account', permissions: ['invoices.read'] },
  status: 200,
  refusals: ['invoice_is_draft'],
  uses: ['table:read', 'secrets', 'identity'],
} as const;

export const previewSend = defineAction({
  ...ofInvoice,
  name: 'preview-send',
  method: 'POST',
  path: '/v1/invoices/{invoiceId}/send/preview',
  summary: 'Exactly the e-mail that the same request would send; changes nothing',
  description:
    'Its attachment is null where the PDF is too large for the provider, and has no size while the PDF is not made yet.',
  body: sendRequest,
  safe: true,
  result: z
    .object({
      from: z.string(),
      to: z.string(),
      cc: z.array(z.string()),
      subject: z.string(),
      html: z.string(),
      text: z.string(),
      attachment: z.object({ name: z.string(), bytes: z.int().nullable() }).nullable(),
    })
    .meta({ id: 'EmailPreview' }),
  refusals: [
    'invoice_is_draft',
    'invoice_voided',
    'too_many_cc',
    'from_required',
    'from_not_allowed',
    'from_not_verified',
  ],
  uses: ['table:read', 'documents:read', 'queue:render', 'secrets', 'identity'],
  example: { intro: 'Thank you for your order.' },
});

export const getSnippet = defineAction({
  ...ofInvoice,
  name: 'get-snippet',
  method: 'GET',
  path: '/v1/invoices/{invoiceId}/snippet',
  summary: 'A hyperlink to insert into any message: its text is the invoice’s number',
  result: z.object({ html: z.string(), markdown: z.string(), text: z.string() }).meta({ id: 'Snippet' }),
});

export const getMessage = defineAction({
  ...ofInvoice,
  name: 'get-message',
  method: 'GET',
  path: '/v1/invoices/{invoiceId}/message',
  summary: 'A hand-written e-mail to start from, with the link',
  result: z.object({ subject: z.string(), html: z.string(), text: z.string() }).meta({ id: 'Message' }),
});
