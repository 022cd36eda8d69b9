import { accountSettings } from '#functions/http/existing.ts';
import { parseOrRefuse } from '#functions/http/faults.ts';
import { handle } from '#functions/http/handler.ts';
import { deployment } from '#functions/wiring/deployment.ts';
import { table } from '#functions/wiring/table.ts';
import { putSettings } from '#lib/data/accounts.ts';
import { checkCounter, readCounter } from '#lib/data/numbering.ts';
import { changedSettings, warningsOf } from '#lib/domain/account/change-settings.ts';
import { checkedSettingsPatch } from '#lib/domain/account/checked-settings.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { updateSettings } from './contract.ts';
import { showSettings } from './show-settings.ts';

/** The contract names the body by its form; here it is looked at whole, so that all faults come at once. */
const checked = { ...updateSettings, body: checkedSettingsPatch(() => deployment().linkDomains) };

export const handler = handle(checked, {
  run: async ({ caller, body, now, expectVersion, transaction, change }) => {
    const settings = await accountSettings(caller.accountId);
    expectVersion(settings.version);
    const next = changedSettings(settings, body, now, parseOrRefuse);
    // The start can be chosen until the first number is given; then a reset is needed (NUM-4).
    const isStartChosen = next.numbering.start !== settings.numbering.start;
    const counter = isStartChosen ? await readCounter(table(), caller.accountId) : undefined;
    if (counter?.last !== undefined)
      throw new Refusal('invoices_exist', {
        detail: 'Numbers were given already: reset the numbering instead.',
      });
    const writes = transaction();
    if (counter !== undefined) checkCounter(writes, caller.accountId, counter);
    putSettings(writes, settings, next, change('updated', { version: next.version }));
    await writes.commit();
    return { result: await showSettings(next, warningsOf(settings, next)), version: next.version };
  },
});
