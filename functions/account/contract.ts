import * as z from 'zod';
import { defineAction } from '#functions/http/contract.ts';
import { historyEntry } from '#functions/http/history-answer.ts';
import { listOf, pageQuery } from '#functions/http/lists.ts';
import { permissions, roles } from '#lib/domain/account/permissions.ts';
import { settingsAnswer, timeZone } from '#lib/domain/account/settings.ts';
import { settingsPatch } from '#lib/domain/account/settings-request.ts';
import { country, currency } from '#lib/domain/codes.ts';
import { id, line } from '#lib/domain/fields.ts';

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
  uses: ['table:read', 'documents:read', 'identity'],
});

export const updateSettings = defineAction({
  name: 'update-settings',
  method: 'PATCH',
  path: '/v1/settings',
  tag,
  summary: 'Change settings',
  description:
    'A merge patch (RFC 7396): `null` removes what an account can do without. `warnings` tells what a seller should know of a switch that was turned on. The seller’s VAT id, IBAN and BIC are checked down to their check digits.',
  access: { kind: 'account', permissions: ['settings.write'] },
  body: settingsPatch,
  status: 200,
  result: settingsAnswer,
  versioned: true,
  refusals: ['invoices_exist'],
  uses: ['table:read', 'table:write', 'documents:read', 'identity'],
  example: { paymentTermDays: 30, numbering: { prefix: 'INV-', width: 4, start: 1001 } },
});

export const putSettingsLogo = defineAction({
  name: 'put-settings-logo',
  method: 'PUT',
  path: '/v1/settings/logo',
  tag,
  summary: 'Set the logo: a PNG or JPEG of 1,048,576 bytes and 4,000 pixels a side at most',
  description:
    'Invoices that are finalized from now on show it; those before keep the one that they have. The same logo again changes nothing.',
  access: { kind: 'account', permissions: ['settings.write'] },
  mediaTypes: ['image/png', 'image/jpeg'],
  status: 200,
  result: settingsAnswer,
  versioned: true,
  uses: ['table:read', 'table:write', 'documents:read', 'documents:write', 'identity'],
});

export const deleteSettingsLogo = defineAction({
  name: 'delete-settings-logo',
  method: 'DELETE',
  path: '/v1/settings/logo',
  tag,
  summary: 'Remove the logo; finalized invoices keep the one that they have',
  access: { kind: 'account', permissions: ['settings.write'] },
  status: 204,
  versioned: true,
  refusals: ['not_found'],
  uses: ['table:read', 'table:write', 'identity'],
});

export const getSettingsHistory = defineAction({
  name: 'get-settings-history',
  method: 'GET',
  path: '/v1/settings/history',
  tag,
  summary: 'Every change of the settings, with who made it, oldest first',
  description: 'Properties of a property are named with dots: `seller.iban`. A logo is named by its hash.',
  access: { kind: 'account', permissions: ['invoices.read'] },
  query: pageQuery,
  status: 200,
  result: listOf(historyEntry),
  uses: ['table:read', 'secrets', 'identity'],
});
