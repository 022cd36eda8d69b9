import { accountSettings } from '#functions/http/existing.ts';
import { handle } from '#functions/http/handler.ts';
import { documents } from '#functions/wiring/documents.ts';
import { putSettings } from '#lib/data/accounts.ts';
import { faultOfLogo } from '#lib/documents/logo-image.ts';
import { keepLogo, logoKeyOf } from '#lib/documents/logo-store.ts';
import { withLogo } from '#lib/domain/account/change-settings.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { putSettingsLogo } from './contract.ts';
import { showSettings } from './show-settings.ts';

export const handler = handle(putSettingsLogo, {
  run: async ({ caller, body, now, expectVersion, transaction, change }) => {
    const fault = await faultOfLogo(body);
    if (fault !== undefined) throw new Refusal('invalid_request', { errors: [fault] });
    const logoKey = logoKeyOf(caller.accountId, body);
    const settings = await accountSettings(caller.accountId);
    expectVersion(settings.version);
    if (settings.logoKey === logoKey)
      return { result: await showSettings(settings), version: settings.version };
    // First the picture: settings never name one that is not there.
    await keepLogo(documents(), logoKey, body);
    const next = withLogo(settings, logoKey, now);
    const writes = transaction();
    putSettings(writes, settings, next, change('updated', { version: next.version }));
    await writes.commit();
    return { result: await showSettings(next), version: next.version };
  },
});
