import * as z from 'zod';
import { defineAction } from '#functions/http/contract.ts';
import { permissions, roles } from '#lib/domain/account/permissions.ts';
import { settingsAnswer, settingsShape, timeZone } from '#lib/domain/account/settings.ts';
import { country, currency } from '#lib/domain/codes.ts';
import { id, line } from '#lib/domain/fields.ts';
import { patchOf } from '#lib/domain/patch.ts';

const tag = 'Account';

export const getMe = defineAction({
  name: 'get-me',
  method: 'GET',
  path: '/v1/me',
  tag,
  summary: 'Who the caller is, and what he may do',
  access: { kind: 'signed_in' },
  status: 200,
  result: z.object({
    member: z.object({ id: id('mem'), email: z.string(), name: z.string() }).nullable(),
    apiKey: z.object({ id: id('key'), name: z.string() }).nullable(),
    account: z.object({ id: id('acc'), name: z.string() }).nullable(),
    role: z.enum(roles).nullable(),
    permissions: z.array(z.enum(permissions)),
  }),
  refusals: ['account_required'],
  uses: ['table:read', 'identity'],
});

const accountShape = { name: line(), country: country(), currency: currency(), timeZone: timeZone() };
export const createAccount = defineAction({
  name: 'create-account',
  method: 'POST',
  path: '/v1/accounts',
  tag,
  summary: 'Create an account, as its super admin',
  access: { kind: 'signed_in' },
  body: z.strictObject(accountShape),
  status: 201,
  result: z.object({ id: id('acc'), ...accountShape }),
  refusals: ['permission_denied'],
  uses: ['table:read', 'table:write', 'identity'],
  example: { name: 'Maison Lumière', country: 'FR', currency: 'EUR', timeZone: 'Europe/Paris' },
});

export const getSettings = defineAction({
  name: 'get-settings',
  method: 'GET',
  path: '/v1/settings',
  tag,
  summary: 'The account’s settings',
  access: { kind: 'account', permissions: ['invoices.read'] },
  status: 200,
  result: settingsAnswer,
  versioned: true,
  uses: ['table:read', 'identity'],
});

export const updateSettings = defineAction({
  name: 'update-settings',
  method: 'PATCH',
  path: '/v1/settings',
  tag,
  summary: 'Change settings',
  description:
    'A merge patch (RFC 7396). `warnings` tells what a seller should know of a switch that was turned on.',
  access: { kind: 'account', permissions: ['settings.write'] },
  body: patchOf(settingsShape),
  status: 200,
  result: settingsAnswer,
  versioned: true,
  refusals: ['invoices_exist'],
  uses: ['table:read', 'table:write', 'identity'],
  example: { paymentTermDays: 30, numbering: { prefix: 'INV-', width: 4, start: 1001 } },
});
