import type { Check } from '#test/bench/figures.ts';
import type { Json } from '#test/support/service.ts';
import { checkOf, type Faults, read, type Whole } from './whole.ts';

/** NUM-1, NUM-2, NUM-7: numbers from the first on without a gap, each on its invoice or told as deleted. */

const first = 1_001;

export const numbersAreGapless = async ({ account, rows }: Whole): Promise<Check[]> => {
  const faults: Faults = [];
  const entries: Json[] = [];
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const query = cursor === undefined ? '' : `&cursor=${encodeURIComponent(cursor)}`;
    const page: Json = await read(account, `/v1/numbering/audit?limit=200${query}`);
    if (page.gaps.length > 0) faults.push(`gaps ${JSON.stringify(page.gaps)}`);
    entries.push(...page.data);
    cursor = page.nextCursor;
  }
  entries.forEach(({ number }, place) => {
    if (number !== `INV-${first + place}`) faults.push(`${number} stands where INV-${first + place} should`);
  });
  const numberOf = new Map(rows.map(({ id, number }) => [id, number]));
  for (const { number, invoiceId, status, deletedAt } of entries) {
    const isThere = numberOf.get(invoiceId) === number;
    const isTold = status === 'deleted' && deletedAt !== undefined && !numberOf.has(invoiceId);
    if (status === 'issued' ? !isThere : !isTold) faults.push(`${number} is ${status} to ${invoiceId}`);
  }
  const numbered = rows.filter(({ number }) => number !== null).length;
  const issued = entries.filter(({ status }) => status === 'issued').length;
  if (numbered !== issued) faults.push(`${numbered} invoices have a number, ${issued} numbers are issued`);
  const { next } = await read(account, '/v1/numbering');
  if (next !== `INV-${first + entries.length}`) faults.push(`the next is ${next} after ${entries.length}`);
  const found = `${entries.length} numbers, ${entries.length - issued} of deleted invoices`;
  return [checkOf('numbers are consecutive, the audit has no gap', account, found, faults)];
};
