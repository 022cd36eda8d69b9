import { accountSettings } from '#functions/http/existing.ts';
import { handle } from '#functions/http/handler.ts';
import { putSettings } from '#lib/data/accounts.ts';
import { withLogo } from '#lib/domain/account/change-settings.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { deleteSettingsLogo } from './contract.ts';

/** The picture itself stays: invoices that froze it go on showing it (LIFE-4). */
export const handler = handle(deleteSettingsLogo, {
  run: async ({ caller, now, expectVersion, transaction, change }) => {
    const settings = await accountSettings(caller.accountId);
    if (settings.logoKey === undefined) throw new Refusal('not_found', { detail: 'There is no logo.' });
    expectVersion(settings.version);
    const next = withLogo(settings, undefined, now);
    const writes = transaction();
    putSettings(writes, settings, next, change('updated', { version: next.version }));
    await writes.commit();
    return {};
  },
});
