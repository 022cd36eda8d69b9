import { accountSettings } from '#functions/http/existing.ts';
import { handle } from '#functions/http/handler.ts';
import { table } from '#functions/wiring/table.ts';
import { putSettings } from '#lib/data/accounts.ts';
import { hasDraft } from '#lib/data/invoice-lists.ts';
import { putCounter, putRun, readCounter } from '#lib/data/numbering.ts';
import { laterOf } from '#lib/domain/change.ts';
import { afterReset, currentRun } from '#lib/domain/numbering.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { resetNumbering } from './contract.ts';
import { showNumbering } from './show-numbering.ts';

export const handler = handle(resetNumbering, {
  run: async ({ caller, body, now, transaction, change }) => {
    const { accountId } = caller;
    const [account, counter] = await Promise.all([
      accountSettings(accountId),
      readCounter(table(), accountId),
    ]);
    // That no finalized invoice exists is checked by the counter's own write; drafts just before (NUM-4).
    const next = afterReset(counter);
    if (await hasDraft(table(), accountId, account.shards))
      throw new Refusal('invoices_exist', { detail: 'The account has drafts.' });
    const settings = {
      ...account,
      numbering: { ...account.numbering, start: body.start },
      version: account.version + 1,
      updatedAt: laterOf(account.updatedAt, now),
    };
    const writes = transaction({ accountId });
    putCounter(writes, accountId, counter, next);
    if (next.run !== counter.run) putRun(writes, accountId, currentRun(counter, account.numbering));
    putSettings(writes, account, settings, change('updated', { version: settings.version }));
    await writes.commit();
    return { result: showNumbering(settings, next) };
  },
  replay: async (_ids, { caller }) => {
    const { accountId } = caller;
    const [account, counter] = await Promise.all([
      accountSettings(accountId),
      readCounter(table(), accountId),
    ]);
    return { result: showNumbering(account, counter) };
  },
});
