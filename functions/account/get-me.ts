import { handle } from '#functions/http/handler.ts';
import { table } from '#functions/wiring/table.ts';
import { readSettings } from '#lib/data/accounts.ts';
import { permissions } from '#lib/domain/account/permissions.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { getMe } from './contract.ts';

export const handler = handle(getMe, {
  run: async ({ who }) => {
    const { caller, accountMissing } = who;
    if (accountMissing) throw new Refusal('account_required');
    if (caller === undefined)
      return { result: { member: null, apiKey: null, account: null, role: null, permissions: [] } };
    const { actor, member } = caller;
    const settings = await readSettings(table(), caller.accountId);
    return {
      result: {
        member: member ? { id: member.id, email: member.email, name: member.name } : null,
        apiKey: member ? null : { id: actor.id, name: actor.name ?? '' },
        account: settings ? { id: settings.id, name: settings.name } : null,
        role: caller.role,
        permissions: caller.role === 'super_admin' ? [...permissions] : [...caller.permissions],
      },
    };
  },
});
