import { accountSettings } from '#functions/http/existing.ts';
import { handle } from '#functions/http/handler.ts';
import { table } from '#functions/wiring/table.ts';
import { readCounter } from '#lib/data/numbering.ts';
import { getNumbering } from './contract.ts';
import { showNumbering } from './show-numbering.ts';

export const handler = handle(getNumbering, {
  run: async ({ caller }) => {
    const { accountId } = caller;
    const [account, counter] = await Promise.all([
      accountSettings(accountId),
      readCounter(table(), accountId),
    ]);
    return { result: showNumbering(account, counter) };
  },
});
