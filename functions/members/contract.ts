import * as z from 'zod';
import { defineAction } from '#functions/http/contract.ts';
import { listOf, pageQuery } from '#functions/http/lists.ts';
import { permissions, roles } from '#lib/domain/account/permissions.ts';
import { email, id, instant, line } from '#lib/domain/fields.ts';

const tag = 'Members and keys';
const access = { kind: 'account', permissions: ['members.write'] } as const;

const permissionList = z.array(z.enum(permissions)).max(permissions.length);
export const memberAnswer = z
  .object({
    id: id('mem'),
    email: z.string(),
    name: z.string(),
    role: z.enum(roles),
    permissions: z.array(z.enum(permissions)),
    status: z.enum(['invited', 'active']),
    version: z.int(),
    createdAt: instant(),
    updatedAt: instant(),
  })
  .meta({ id: 'Member' });

export const listMembers = defineAction({
  name: 'list-members',
  method: 'GET',
  path: '/v1/members',
  tag,
  summary: 'The account’s members, oldest first',
  access,
  query: pageQuery,
  status: 200,
  result: listOf(memberAnswer),
  uses: ['table:read', 'secrets', 'identity'],
});

export const createMember = defineAction({
  name: 'create-member',
  method: 'POST',
  path: '/v1/members',
  tag,
  summary: 'Invite somebody by e-mail address',
  description:
    'Whoever first signs in with the address verified is bound to the member. Nobody grants what he has not.',
  access,
  body: z.strictObject({
    email: email(),
    name: line(),
    role: z.enum(roles).nullish(),
    permissions: permissionList.nullish(),
  }),
  status: 201,
  result: memberAnswer,
  versioned: true,
  uses: ['table:read', 'table:write', 'identity'],
  example: {
    email: 'sam@example.com',
    name: 'Sam Ortiz',
    role: 'member',
    permissions: ['invoices.read', 'invoices.write'],
  },
});

export const updateMember = defineAction({
  name: 'update-member',
  method: 'PATCH',
  path: '/v1/members/{memberId}',
  tag,
  summary: 'Change a member’s name, role or permissions',
  access,
  body: z.strictObject({
    name: line().optional(),
    role: z.enum(roles).optional(),
    permissions: permissionList.optional(),
  }),
  status: 200,
  result: memberAnswer,
  versioned: true,
  refusals: ['last_super_admin'],
  uses: ['table:read', 'table:write', 'identity'],
  example: { permissions: ['invoices.read'] },
});

export const deleteMember = defineAction({
  name: 'delete-member',
  method: 'DELETE',
  path: '/v1/members/{memberId}',
  tag,
  summary: 'Remove a member, from the very next request on',
  access,
  status: 204,
  versioned: true,
  refusals: ['last_super_admin'],
  uses: ['table:read', 'table:write', 'table:delete', 'identity'],
});

const apiKeyShape = {
  id: id('key'),
  name: z.string(),
  permissions: z.array(z.enum(permissions)),
  createdAt: instant(),
};

export const listApiKeys = defineAction({
  name: 'list-api-keys',
  method: 'GET',
  path: '/v1/api-keys',
  tag,
  summary: 'The account’s API keys, without their secrets',
  access,
  query: pageQuery,
  status: 200,
  result: listOf(z.object(apiKeyShape)),
  uses: ['table:read', 'secrets', 'identity'],
});

export const createApiKey = defineAction({
  name: 'create-api-key',
  method: 'POST',
  path: '/v1/api-keys',
  tag,
  summary: 'Create an API key; its secret is shown this once',
  access,
  body: z.strictObject({ name: line(), permissions: permissionList }),
  status: 201,
  result: z.object({
    ...apiKeyShape,
    secret: z.string().optional().meta({ description: 'Left out in a replay.' }),
  }),
  uses: ['table:read', 'table:write', 'identity'],
  example: { name: 'Nightly export', permissions: ['invoices.read', 'exports.write'] },
});

export const deleteApiKey = defineAction({
  name: 'delete-api-key',
  method: 'DELETE',
  path: '/v1/api-keys/{keyId}',
  tag,
  summary: 'Revoke an API key, from the very next request on',
  access,
  status: 204,
  uses: ['table:read', 'table:delete', 'identity'],
});
