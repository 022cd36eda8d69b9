import { accountSettings } from '#functions/http/existing.ts';
import { handle } from '#functions/http/handler.ts';
import { getSettings } from './contract.ts';
import { showSettings } from './show-settings.ts';

export const handler = handle(getSettings, {
  run: async ({ caller }) => {
    const settings = await accountSettings(caller.accountId);
    return { result: await showSettings(settings), version: settings.version };
  },
});
