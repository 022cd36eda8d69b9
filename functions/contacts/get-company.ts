import { found, idOf } from '#functions/http/existing.ts';
import { handle } from '#functions/http/handler.ts';
import { table } from '#functions/wiring/table.ts';
import { readRecord } from '#lib/data/collection.ts';
import { companies } from '#lib/data/collections.ts';
import { getCompany } from './contract.ts';
import { showCompany } from './show-directory.ts';

export const handler = handle(getCompany, {
  run: async ({ caller, params }) => {
    const id = idOf('com', params.companyId);
    const company = found(await readRecord(table(), companies, caller.accountId, id));
    return { result: showCompany(company), version: company.version };
  },
});
