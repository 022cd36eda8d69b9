import { accountSettings, found, idOf } from '#functions/http/existing.ts';
import { handle } from '#functions/http/handler.ts';
import { table } from '#functions/wiring/table.ts';
import { deleteRecord, readRecord } from '#lib/data/collection.ts';
import { companies } from '#lib/data/collections.ts';
import { isNamedByDraft } from '#lib/data/invoice-lists.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { deleteCompany } from './contract.ts';

export const handler = handle(deleteCompany, {
  run: async ({ caller, params, expectVersion, transaction }) => {
    const { accountId } = caller;
    const company = found(await readRecord(table(), companies, accountId, idOf('com', params.companyId)));
    expectVersion(company.version);
    const { shards } = await accountSettings(accountId);
    if (await isNamedByDraft(table(), 'draftsByCompany', accountId, company.id, shards))
      throw new Refusal('in_use', { detail: 'A draft names it as its buyer.' });
    const writes = transaction();
    deleteRecord(writes, companies, company);
    await writes.commit();
    return {};
  },
});
