import { handle } from '#functions/http/handler.ts';
import { table } from '#functions/wiring/table.ts';
import { putRecord, readRecord } from '#lib/data/collection.ts';
import { companies } from '#lib/data/collections.ts';
import { withoutNulls } from '#lib/domain/patch.ts';
import { createCompany } from './contract.ts';
import { showCompany } from './show-directory.ts';

export const handler = handle(createCompany, {
  run: async ({ caller, body, now, newId, transaction }) => {
    const id = newId('com');
    const writes = transaction({ companyId: id });
    const kept = { id, accountId: caller.accountId, version: 1, revision: 0, createdAt: now, updatedAt: now };
    const company = putRecord(writes, companies, undefined, { ...withoutNulls(body), ...kept });
    await writes.commit();
    return { result: showCompany(company), version: company.version };
  },
  replay: async ({ companyId = '' }, { caller }) => {
    const company = await readRecord(table(), companies, caller.accountId, companyId);
    return company && { result: showCompany(company), version: company.version };
  },
});
