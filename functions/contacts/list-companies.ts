import { handle } from '#functions/http/handler.ts';
import { limitOf, nextCursor, positionOf } from '#functions/http/lists.ts';
import { table } from '#functions/wiring/table.ts';
import { listRecords } from '#lib/data/collection.ts';
import { companies } from '#lib/data/collections.ts';
import { companyKey } from '#lib/data/keys.ts';
import { listCompanies } from './contract.ts';
import { showCompany } from './show-directory.ts';

export const handler = handle(listCompanies, {
  run: async ({ caller, query }) => {
    const { pk } = companyKey(caller.accountId, '');
    const after = await positionOf(query, pk);
    const { records, next } = await listRecords(table(), companies, { pk, limit: limitOf(query), after });
    return { result: { data: records.map(showCompany), nextCursor: await nextCursor(next, pk) } };
  },
});
