import { BatchWriteCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { ulid } from 'ulid';
import { invoiceIndexKeys } from '#lib/data/indexes.ts';
import { headerKey, propertyKey, settingsKey } from '#lib/data/keys.ts';
import type { Table } from '#lib/data/table.ts';
import { type InvoiceHeader, storedHeader } from '#lib/domain/invoice/invoice.ts';
import { shardOf } from '#lib/domain/shard.ts';

/** Accounts full of invoices, written straight into the table: with ties, absent values and every kind of property. */

/** Numbers that look random and are the same at each run (mulberry32). */
export const randomFrom = (seed: number) => {
  let state = seed;
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (limit: number): number => Math.floor(next() * limit);
  return {
    below,
    pick: <T>(list: readonly T[]): T => list[below(list.length)] as T,
    chance: (part: number): boolean => next() < part,
  };
};
type Random = ReturnType<typeof randomFrom>;

const idsOf = (prefix: string, count: number): string[] =>
  Array.from(
    { length: count },
    (_, index) => `${prefix}_01JD4M8ZQ5W7R3T9Y2K6H0N${String(index).padStart(3, '0')}`,
  );

/** What the values are taken from; few, so that many invoices have the same. */
export const pool = {
  statuses: ['draft', 'open', 'open', 'open', 'paid', 'voided'] as const,
  currencies: ['EUR', 'JPY', 'KWD', 'USD'],
  totals: ['0', '7', '100', '100', '99', '1000', '250', '123456789012345'],
  contacts: idsOf('con', 6),
  companies: idsOf('com', 4),
  owners: idsOf('mem', 3),
  members: idsOf('mem', 2),
  titles: [
    'Design',
    'design',
    'DESIGN work',
    'Étude',
    'étude',
    'Ωμέγα',
    'تصميم',
    '設計 業務',
    'İstanbul',
    'a,b "c"',
  ],
  buyers: ['Acme Corp', 'ACME', 'Müller & Söhne', 'شركة النور', '東京商事', 'İnci Yılmaz', 'Łódź Works'],
  emails: ['ada@example.com', 'Ada@Example.com', 'noor@buyer.example'],
  orders: ['PO-7', 'po-7', '4711'],
  regions: ['North', 'north', 'South', ''],
  scores: [-1, 0, 0.5, 7, 1e6],
  days: (today: string): string[] =>
    [-400, -30, -2, -1, 0, 1, 2, 30].map((offset) =>
      new Date(Date.parse(`${today}T00:00:00Z`) + offset * 86_400_000).toISOString().slice(0, 10),
    ),
};

export const customTypes = { region: 'string', score: 'number', vip: 'boolean', since: 'date' } as const;

const decimals: Record<string, number> = { EUR: 2, USD: 2, JPY: 0, KWD: 3 };
export const amountIn = (currency: string, whole: string): string =>
  decimals[currency] === 0 ? whole : `${whole}.${'0'.repeat(decimals[currency] ?? 2)}`;

export type Seeding = { accountId: string; count: number; shards: number; today: string; seed: number };

const datesOf = (random: Random, today: string) => {
  const days = pool.days(today);
  return {
    invoiceDate: random.chance(0.7) ? random.pick(days) : undefined,
    dueDate: random.chance(0.7) ? random.pick(days) : undefined,
  };
};

const customOf = (random: Random, today: string) =>
  random.chance(0.3)
    ? undefined
    : {
        ...(random.chance(0.6) && { region: random.pick(pool.regions) }),
        ...(random.chance(0.6) && { score: random.pick(pool.scores) }),
        ...(random.chance(0.6) && { vip: random.chance(0.5) }),
        ...(random.chance(0.6) && { since: random.pick(pool.days(today)) }),
      };

const partiesOf = (random: Random) => ({
  contactId: random.chance(0.8) ? random.pick(pool.contacts) : undefined,
  companyId: random.chance(0.5) ? random.pick(pool.companies) : undefined,
  ownerId: random.chance(0.6) ? random.pick(pool.owners) : undefined,
  contactIds: random.chance(0.5)
    ? [...new Set([random.pick(pool.contacts), random.pick(pool.contacts)])]
    : undefined,
  companyIds: random.chance(0.2) ? [] : undefined,
  buyerName: random.chance(0.8) ? random.pick(pool.buyers) : undefined,
  buyerEmail: random.chance(0.5) ? random.pick(pool.emails) : undefined,
  purchaseOrderNumber: random.chance(0.4) ? random.pick(pool.orders) : undefined,
  title: random.chance(0.7) ? random.pick(pool.titles) : undefined,
});

const moneyOf = (random: Random, status: string) => {
  const currency = random.pick(pool.currencies);
  const total = amountIn(currency, random.pick(pool.totals));
  const zero = amountIn(currency, '0');
  const isPart = status === 'open' && random.chance(0.3) && total !== zero;
  const amountPaid = status === 'paid' ? total : isPart ? amountIn(currency, '3') : zero;
  const none = { discountTotal: zero, feeTotal: zero, taxTotal: zero };
  return { currency, subtotal: total, total, amountPaid, balanceDue: total, ...none };
};

/** One invoice’s header; `counter` is used where it is finalized. */
export const headerWith = (
  random: Random,
  { accountId, shards, today }: Omit<Seeding, 'count' | 'seed'>,
  { at, counter }: { at: number; counter: number },
): InvoiceHeader => {
  const id = `inv_${ulid(at)}`;
  const createdAt = new Date(at).toISOString();
  const status = random.pick(pool.statuses);
  const by = { type: 'member' as const, id: random.pick(pool.members), name: 'Alex' };
  const isFinal = status !== 'draft';
  const header = {
    ...{ id, accountId, shard: shardOf(id, shards), type: '380', status, version: 1 + random.below(3) },
    ...{ revision: 1, detailsRevision: 1, linesRevision: 1, documentVersion: isFinal ? 1 : 0 },
    ...{ source: random.pick(['api', 'clone']), lineCount: 0, paymentCount: 0, hadOnlinePayment: false },
    ...{ createdAt, createdBy: by, updatedAt: createdAt, updatedBy: by },
    ...datesOf(random, today),
    ...partiesOf(random),
    ...moneyOf(random, status),
    ...(random.chance(0.3) && { allowOnlinePayment: random.chance(0.5) }),
    ...(random.chance(0.3) && { paymentTermDays: random.pick([0, 14, 30]) }),
    ...(random.chance(0.2) && { lastSentAt: new Date(at + 5_000).toISOString() }),
    customProperties: customOf(random, today),
    ...(isFinal && {
      number: `INV-${String(counter).padStart(4, '0')}`,
      counter,
      run: 1,
      linkId: 'lnk',
      finalizedAt: createdAt,
    }),
  };
  return storedHeader.parse(header);
};

/** A header as it lies in the table. */
export const itemOf = (header: InvoiceHeader) => ({
  ...headerKey(header.accountId, header.id),
  ...invoiceIndexKeys(header),
  revision: header.revision,
  subject: header.id,
  data: header,
});

/** Writes headers as the store would, changing what is there. */
export const writeHeaders = async (table: Table, headers: readonly InvoiceHeader[]): Promise<void> => {
  for (let from = 0; from < headers.length; from += 25) {
    let requests = headers.slice(from, from + 25).map((header) => ({ PutRequest: { Item: itemOf(header) } }));
    while (requests.length > 0) {
      const answer = await table.client.send(
        new BatchWriteCommand({ RequestItems: { [table.name]: requests } }),
      );
      requests = (answer.UnprocessedItems?.[table.name] ?? []) as typeof requests;
    }
  }
};

/** Headers of an account, several of them in each millisecond. */
export const headersOf = (seeding: Seeding): InvoiceHeader[] => {
  const random = randomFrom(seeding.seed);
  const start = Date.parse(`${seeding.today}T00:00:00Z`) - 86_400_000 * 20;
  return Array.from({ length: seeding.count }, (_, index) =>
    headerWith(random, seeding, { at: start + Math.floor(index / 3) * 60_000, counter: index + 1 }),
  );
};

/** Custom properties of the account, and its number of shards, past the service: no operation raises that yet. */
export const prepareAccount = async (table: Table, accountId: string, shards: number): Promise<void> => {
  await table.client.send(
    new UpdateCommand({
      TableName: table.name,
      Key: settingsKey(accountId),
      UpdateExpression: 'SET #data.#shards = :shards',
      ExpressionAttributeNames: { '#data': 'data', '#shards': 'shards' },
      ExpressionAttributeValues: { ':shards': shards },
    }),
  );
  const definitions = Object.entries(customTypes).map(([name, type]) => ({
    ...propertyKey(accountId, name),
    revision: 1,
    data: { name, label: name, type, accountId, revision: 1, createdAt: '2026-01-01T00:00:00.000Z' },
  }));
  await table.client.send(
    new BatchWriteCommand({
      RequestItems: { [table.name]: definitions.map((Item) => ({ PutRequest: { Item } })) },
    }),
  );
};
