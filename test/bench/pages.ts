import { pool } from '#test/integration/search/seed.ts';
import type { Json } from '#test/support/service.ts';
import { type Check, type Figure, median } from './figures.ts';
import { succeeded } from './http.ts';
import type { Measurement } from './measurement.ts';
import type { Seeded, SeededAccount } from './seeded.ts';

/** A page of 50 in accounts of different sizes, held against the smallest. */

const perPage = 50;
type Kind = { name: string; search: { sort: string; filter?: object } };
const eq = (property: string, value: unknown) => ({ property, operator: 'EQ', value });
const kinds: readonly Kind[] = [
  ...['createdAt', 'invoiceDate', 'dueDate', 'number', 'total'].map((sort) => ({
    name: `by ${sort}`,
    search: { sort },
  })),
  { name: 'of a status by dueDate', search: { sort: 'dueDate', filter: eq('status', 'open') } },
  {
    name: 'of a contact by createdAt',
    search: { sort: 'createdAt', filter: eq('contactId', pool.contacts[0]) },
  },
];

const bodyOf = ({ search: { sort, filter } }: Kind, direction: string, more: Json = {}): Json => ({
  ...{ sort: { property: sort, direction }, limit: perPage },
  ...(filter && { filterGroups: [{ filters: [filter] }] }),
  ...more,
});
const directions = ['asc', 'desc'] as const;

/** Of both directions: capacity in read units, and milliseconds; and whether each page was full. */
type Seen = { count: number; capacity: number; times: number[]; full: boolean };

const lookAt = async ({ http, count }: SeededAccount, kind: Kind): Promise<Seen> => {
  const seen: Seen = { count, capacity: 0, times: [], full: true };
  for (const direction of directions) {
    const body = bodyOf(kind, direction, { explain: true });
    const reply = succeeded(await http('POST', '/v1/invoices/search', body));
    seen.capacity += reply.body.explain.capacity;
    seen.full &&= reply.body.data.length === perPage;
  }
  return seen;
};

/** The accounts by turns, so that what slows the machine down meanwhile slows all. */
const timed = async (accounts: readonly SeededAccount[], kind: Kind, times: number): Promise<Seen[]> => {
  const all = await Promise.all(accounts.map((account) => lookAt(account, kind)));
  for (let turn = 0; turn < times; turn++)
    for (const [place, { http }] of accounts.entries()) {
      const body = bodyOf(kind, directions[turn % 2] as string);
      const { milliseconds } = succeeded(await http('POST', '/v1/invoices/search', body));
      all[place]?.times.push(milliseconds);
    }
  return all;
};

/** The worst of the larger accounts beside the smallest. */
const figuresOf = ({ name }: Kind, [small, ...larger]: readonly Seen[]): Figure[] => {
  if (small === undefined) return [];
  const most = (value: (seen: Seen) => number): number => Math.max(...larger.map(value));
  const sizes = larger.map(({ count }) => count).join(' and ');
  const what = `page of ${perPage} ${name} at ${sizes}`;
  const beside = `at ${small.count}`;
  return [
    {
      ...{ what: `${what}, capacity`, measured: most(({ capacity }) => capacity), unit: 'RCU' },
      ...{ beside, limit: small.capacity, target: { atMost: 1.2 } },
    },
    {
      ...{ what: `${what}, p50`, measured: most(({ times }) => median(times)), unit: 'ms' },
      ...{ beside, limit: median(small.times), target: { atMost: 2 } },
    },
  ];
};

export const measurePages: Measurement<Seeded> = async ({ accounts }, { sizes, progress }) => {
  const figures: Figure[] = [];
  const checks: Check[] = [];
  for (const kind of kinds) {
    progress(`page of ${perPage} ${kind.name}`);
    await timed(accounts, kind, 4);
    const seen = await timed(accounts, kind, sizes.pages);
    figures.push(...figuresOf(kind, seen));
    const short = seen.filter(({ full }) => !full).map(({ count }) => count);
    checks.push({
      ...{ what: `page ${kind.name}: is full`, holds: short.length === 0 },
      found: short.length === 0 ? `${perPage} invoices each` : `not at ${short.join(', ')}`,
    });
  }
  return { figures, checks };
};
