import * as z from 'zod';
import { defineAction } from '#functions/http/contract.ts';
import { listOf, pageQuery } from '#functions/http/lists.ts';
import { email, formed, id, instant, line } from '#lib/domain/fields.ts';
import { distinct } from '#lib/domain/invoice/properties.ts';
import { codeStatuses } from '#lib/domain/sending/sender-address.ts';

/** The addresses that e-mails can be sent from, each proved by a mailed code (SEND-15). */

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
    code: z.object({ status: z.enum(codeStatuses), expiresAt: instant() }).nullable(),
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
  uses: ['table:read', 'table:delete', 'identity'],
});
