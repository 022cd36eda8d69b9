import { found, idOf } from '#functions/http/existing.ts';
import { parseOrRefuse } from '#functions/http/faults.ts';
import { handle } from '#functions/http/handler.ts';
import { table } from '#functions/wiring/table.ts';
import { putRecord, readRecord } from '#lib/data/collection.ts';
import { companies } from '#lib/data/collections.ts';
import { type Company, companyRequest } from '#lib/domain/directory.ts';
import { mergePatch, withoutNulls } from '#lib/domain/patch.ts';
import { updateCompany } from './contract.ts';
import { showCompany } from './show-directory.ts';

const patched = (company: Company, patch: object, now: string): Company => {
  const { id, accountId, version, revision, createdAt, updatedAt: _updatedAt, ...written } = company;
  const next = withoutNulls(parseOrRefuse(companyRequest, mergePatch(written, patch)));
  return { ...next, id, accountId, revision, createdAt, version: version + 1, updatedAt: now };
};

export const handler = handle(updateCompany, {
  run: async ({ caller, params, body, now, expectVersion, transaction }) => {
    const id = idOf('com', params.companyId);
    const company = found(await readRecord(table(), companies, caller.accountId, id));
    expectVersion(company.version);
    const next = patched(company, body, now);
    const writes = transaction();
    putRecord(writes, companies, company, next);
    await writes.commit();
    return { result: showCompany(next), version: next.version };
  },
});
