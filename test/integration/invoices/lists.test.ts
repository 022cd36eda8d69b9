import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { beforeAll, describe, expect, it } from 'vitest';
import { listInvoices } from '#lib/data/invoice-lists.ts';
import { settingsKey } from '#lib/data/keys.ts';
import { tableAt } from '#lib/data/table.ts';
import { type Client, line, newAccount, newContact, ok, type TestAccount } from '#test/support/account.ts';
import { eventually, type Json, service } from '#test/support/service.ts';

/** There is no API for it yet: an account's lists spread over more partitions. */
const setShards = async ({ id }: TestAccount, shards: number): Promise<void> => {
  Object.assign(process.env, service().environment);
  const client = DynamoDBDocumentClient.from(new DynamoDBClient({}));
  await client.send(
    new UpdateCommand({
      TableName: service().environment.TABLE_NAME,
      Key: settingsKey(id),
      UpdateExpression: 'SET #data.shards = :shards',
      ExpressionAttributeNames: { '#data': 'data' },
      ExpressionAttributeValues: { ':shards': shards },
    }),
  );
};

/** Drafts and finalized invoices whose dates, totals and numbers are equal here and absent there. */
const fill = async (client: Client): Promise<void> => {
  const contactId = (await newContact(client)).id;
  const dates = [undefined, '2027-01-31', '2027-01-31', '2026-12-01', '2030-06-15'];
  const prices = ['9', '10', '100', '99.99', '1000000', '0', '10'];
  for (let index = 0; index < 24; index++) {
    const invoiceDate = dates[index % 5];
    const draft = ok(
      await client.post('/v1/invoices', {
        ...{ currency: ['EUR', 'JPY', 'KWD'][index % 3], contactId, title: `Invoice ${index}` },
        ...(invoiceDate && { invoiceDate }),
        ...(index % 4 === 0 && { dueDate: index % 8 === 0 ? '2031-01-01' : '2032-01-01' }),
        lineItems: [line({ unitPrice: prices[index % 7] })],
      }),
    );
    if (index % 3 !== 1) ok(await client.post(`/v1/invoices/${draft.id}/finalize`));
  }
};

const pagesOf = async (client: Client, sort: string, limit: number): Promise<Json[][]> => {
  const pages: Json[][] = [];
  let cursor: string | null = null;
  do {
    const query = new URLSearchParams({ sort, limit: String(limit), ...(cursor !== null && { cursor }) });
    const { data, nextCursor } = ok(await client.get(`/v1/invoices?${query}`)) as Json;
    expect(data.length).toBeLessThanOrEqual(limit);
    pages.push(data);
    cursor = nextCursor;
  } while (cursor !== null);
  return pages;
};

/** The same by way of the lists that other searches read. */
const readThrough = async ({ id: accountId }: TestAccount, shards: number): Promise<string[]> => {
  const table = tableAt(service().environment.TABLE_NAME as string);
  const listing = { index: 'byCreation', accountId, shards, descending: false, limit: 200 } as const;
  const ids: string[] = [];
  let after: string | undefined;
  do {
    const { headers, next } = await listInvoices(table, { ...listing, after });
    ids.push(...headers.map(({ id }) => id));
    after = next;
  } while (after !== undefined);
  return ids;
};

/** The order by an independent comparison: absent last either way, equal ones by id in the direction. */
const expectedOrder = (invoices: readonly Json[], sort: string): string[] => {
  const descending = sort.startsWith('-');
  const property = sort.replace('-', '');
  const placeOf = (invoice: Json): number | string | null => {
    const value = invoice[property];
    if (property === 'total') return Number(value);
    return property === 'number' && value !== null ? Number(/\d+$/.exec(value)?.[0]) : value;
  };
  const compare = (left: Json, right: Json): number => {
    const [a, b] = [placeOf(left), placeOf(right)];
    if (a === null || b === null) {
      if (a !== b) return a === null ? 1 : -1;
    } else if (a !== b) return (a < b ? -1 : 1) * (descending ? -1 : 1);
    return (left.id < right.id ? -1 : 1) * (descending ? -1 : 1);
  };
  return [...invoices].sort(compare).map(({ id }) => id);
};

const sorts = ['createdAt', 'invoiceDate', 'dueDate', 'number', 'total'].flatMap((one) => [one, `-${one}`]);

describe.each([1, 2, 8])('lists of an account with %i shards', (shards) => {
  let client: Client;
  let all: Json[];
  beforeAll(async () => {
    const account = await newAccount();
    await setShards(account, shards);
    client = account.admin;
    await fill(client);
    all = await eventually(async () => {
      const { data } = ok(await client.get('/v1/invoices?limit=200')) as Json;
      const finalized = data.filter(({ number }: Json) => number !== null);
      return data.length === 24 && finalized.length === 16 ? data : undefined;
    }, 'the list shows all that was written');
  });

  it.each(sorts)('FILT-3: sorted by %s, with absent values last, no page skips or repeats', async (sort) => {
    const expected = expectedOrder(all, sort);
    for (const limit of [1, 7, 200]) {
      const pages = await pagesOf(client, sort, limit);
      expect(pages.flat().map(({ id }) => id)).toEqual(expected);
    }
  });

  it('FILT-3: an invoice that did not change is seen once, whatever comes, goes and moves meanwhile', async () => {
    const seen: Json[] = [];
    let cursor: string | null = null;
    const changed = new Set<string>();
    do {
      const query = new URLSearchParams({ sort: '-total', limit: '5', ...(cursor !== null && { cursor }) });
      const page: Json = ok(await client.get(`/v1/invoices?${query}`));
      seen.push(...page.data);
      cursor = page.nextCursor;
      const draft = page.data.findLast((one: Json) => one.status === 'draft' && !changed.has(one.id));
      if (draft === undefined) continue;
      // The very place that the cursor stands at may go.
      changed.add(draft.id);
      ok(await client.patch(`/v1/invoices/${draft.id}`, { lineItems: [line({ unitPrice: '0.5' })] }));
    } while (cursor !== null);
    const ids = seen.map(({ id }) => id).filter((id) => !changed.has(id));
    expect(ids.sort()).toEqual(
      all
        .map(({ id }) => id)
        .filter((id) => !changed.has(id))
        .sort(),
    );
  });
});

describe('lists', () => {
  it('FILT-3: growing the number of shards loses nothing', async () => {
    const account = await newAccount();
    const contactId = (await newContact(account.admin)).id;
    for (const shards of [1, 2, 4]) {
      await setShards(account, shards);
      for (let index = 0; index < 3; index++)
        ok(await account.admin.post('/v1/invoices', { currency: 'EUR', contactId }));
    }
    const pages = await pagesOf(account.admin, 'createdAt', 2);
    expect(pages.flat()).toHaveLength(9);
  });

  it('FILT-3: a page of large headers is cut at 1 MB, in one shard or in several, and nothing is lost', async () => {
    const account = await newAccount();
    const { admin } = account;
    for (let index = 0; index < 8; index++)
      ok(await admin.post('/v1/invoices/properties', { name: `p${index}`, label: 'P', type: 'string' }));
    const long = 'x'.repeat(200);
    const customProperties = Object.fromEntries(
      Array.from({ length: 8 }, (_, index) => [`p${index}`, 'y'.repeat(480)]),
    );
    const texts = {
      ...{ title: long, purchaseOrderNumber: long, buyerReference: long, contractReference: long },
      ...{ projectReference: long, customProperties },
    };
    const create = (count: number, more: Record<string, unknown>) =>
      Promise.all(
        Array.from({ length: count }, () =>
          admin.post('/v1/invoices', { currency: 'EUR', ...more }).then(ok),
        ),
      );
    // More than 1 MB in the one shard that there was, and then some in the other that come after all of those.
    for (let index = 0; index < 230; index += 10) await create(10, texts);
    await setShards(account, 2);
    await create(10, {});
    const pages = await pagesOf(admin, 'createdAt', 200);
    const ids = pages.flat().map(({ id }) => id);
    expect(ids).toEqual([...ids].sort());
    expect(new Set(ids).size).toBe(240);
    expect(await readThrough(account, 2)).toEqual(ids);
  });

  it('FILT-3: a cursor of another order is refused', async () => {
    const { admin } = await newAccount();
    for (let index = 0; index < 2; index++) ok(await admin.post('/v1/invoices', { currency: 'EUR' }));
    const { nextCursor } = ok(await admin.get('/v1/invoices?sort=total&limit=1'));
    for (const query of [`sort=-total&cursor=${nextCursor}`, `cursor=${nextCursor}`, 'cursor=AAAA']) {
      const answer = await admin.get(`/v1/invoices?${query}`);
      expect({ status: answer.status, code: answer.body.code }).toEqual({
        status: 422,
        code: 'invalid_cursor',
      });
    }
    expect((await admin.get('/v1/invoices?sort=title')).status).toBe(422);
  });
});

describe('properties', () => {
  it('FILT-6: tell a client what it can filter, sort and show, custom ones included', async () => {
    const { admin } = await newAccount();
    ok(
      await admin.post('/v1/invoices/properties', {
        name: 'costCentre',
        label: 'Cost centre',
        type: 'string',
      }),
    );
    const { data } = ok(await admin.get('/v1/invoices/properties')) as Json;
    const named = (name: string) => data.find((one: Json) => one.name === name);
    expect(named('status')).toMatchObject({
      ...{ type: 'choice', choices: ['draft', 'open', 'paid', 'voided'], sortable: false, custom: false },
    });
    expect(named('customProperties.costCentre')).toMatchObject({
      ...{ label: 'Cost centre', type: 'string', custom: true, choices: null },
    });
    expect(named('customProperties.costCentre').operators).toContain('CONTAINS');
    const sortable = data.filter((one: Json) => one.sortable).map((one: Json) => one.name);
    expect(sortable.sort()).toEqual(['createdAt', 'dueDate', 'invoiceDate', 'number', 'total']);
    const draft = ok(await admin.post('/v1/invoices', { currency: 'EUR' }));
    const missing = data.filter(({ name, custom }: Json) => !custom && !(name in draft));
    expect(missing).toEqual([]);
  });

  it('FILT-6: custom values are of a defined name and type, and are kept exactly', async () => {
    const { admin } = await newAccount();
    for (const type of ['string', 'number', 'boolean', 'date'])
      ok(await admin.post('/v1/invoices/properties', { name: `${type}Value`, label: type, type }));
    const values = {
      ...{ stringValue: 'Été 🌞', numberValue: -0.1, booleanValue: false, dateValue: '2028-02-29' },
    };
    const draft = ok(await admin.post('/v1/invoices', { currency: 'EUR', customProperties: values }));
    expect(draft.customProperties).toEqual(values);
    expect(ok(await admin.get(`/v1/invoices/${draft.id}`)).customProperties).toEqual(values);
    const faulty: [Json, string][] = [
      [{ other: 'x' }, '/customProperties/other'],
      [{ numberValue: '1' }, '/customProperties/numberValue'],
      [{ dateValue: '2027-02-29' }, '/customProperties/dateValue'],
      [{ numberValue: 1e200 }, '/customProperties/numberValue'],
      [{ numberValue: 2 ** 53 }, '/customProperties/numberValue'],
      [{ numberValue: 1e-200 }, '/customProperties/numberValue'],
    ];
    for (const [customProperties, pointer] of faulty) {
      const answer = await admin.post('/v1/invoices', { currency: 'EUR', customProperties });
      expect(answer.status).toBe(422);
      expect(answer.body.errors.map((one: Json) => one.pointer)).toEqual([pointer]);
    }
    for (const numberValue of [9_007_199_254_740_991, 1e-99, 0])
      ok(await admin.patch(`/v1/invoices/${draft.id}`, { customProperties: { numberValue } }));
  });
});
