import type { Json } from '#test/support/service.ts';
import { succeeded } from './http.ts';
import type { Measurement } from './measurement.ts';
import { besidePaging, rawPaging } from './raw.ts';
import { largestOf, type Seeded, type SeededAccount } from './seeded.ts';

/** No index knows these, and one invoice in three hundred has them all. */
const filters = [
  { property: 'title', operator: 'CONTAINS', value: 'ωμέγα' },
  { property: 'source', operator: 'EQ', value: 'clone' },
  { property: 'paymentTermDays', operator: 'EQ', value: 14 },
];

/** All pages, as a client gets them. */
const searchAll = async ({ http }: SeededAccount) => {
  let found = 0;
  let calls = 0;
  let cursor: string | null = null;
  const started = performance.now();
  do {
    const body: Json = {
      ...{ filterGroups: [{ filters }], limit: 200, columns: ['number', 'title'] },
      ...{ sort: { property: 'createdAt', direction: 'asc' }, cursor },
    };
    const { body: page } = succeeded(await http('POST', '/v1/invoices/search', body));
    found += page.data.length;
    calls += 1;
    cursor = page.nextCursor;
  } while (cursor !== null);
  return { found, calls, milliseconds: performance.now() - started };
};

export const measureFilter: Measurement<Seeded> = async (seeded, { progress }) => {
  const [warming] = seeded.accounts;
  const account = largestOf(seeded);
  const { table } = seeded.program;
  if (warming) await searchAll(warming);
  await rawPaging(table, warming?.id ?? account.id);
  progress(`a filter that no index serves, over ${account.count} invoices`);
  const { result, limit } = await besidePaging(table, account.id, () => searchAll(account));
  const { found, calls, milliseconds } = result;
  const what = `a filter that no index serves, over ${account.count}`;
  return {
    figures: [
      {
        ...{ what, measured: (1_000 * account.count) / milliseconds, unit: '/s' },
        ...{ limit, beside: 'raw Query paging of the same items', target: { atLeast: 0.5 } },
      },
    ],
    checks: [
      {
        ...{ what: `${what}: finds some, by several calls`, holds: found > 0 && found < account.count },
        found: `${found} of ${account.count} by ${calls} calls`,
      },
    ],
  };
};
