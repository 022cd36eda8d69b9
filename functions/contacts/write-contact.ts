import { table } from '#functions/wiring/table.ts';
import { readRecord } from '#lib/data/collection.ts';
import { companies } from '#lib/data/collections.ts';
import { Refusal } from '#lib/domain/refusal.ts';

/** The company that a contact names must be one of the account. @throws Refusal invalid_request with its pointer */
export const refuseUnknownCompany = async (
  accountId: string,
  companyId: string | undefined,
): Promise<void> => {
  if (companyId === undefined || (await readRecord(table(), companies, accountId, companyId)) !== undefined)
    return;
  throw new Refusal('invalid_request', {
    errors: [{ pointer: '/companyId', code: 'not_found', detail: 'is not a company of this account' }],
  });
};
