import { setTimeout as sleep } from 'node:timers/promises';
import { BatchWriteCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { table } from '#functions/wiring/table.ts';
import { counterKey, numberKey } from '#lib/data/keys.ts';
import { type Client, newAccount, newContact, newDraft, newInvoice, ok } from '#test/support/account.ts';
import { inShort } from '#test/support/answers.ts';
import { tableCallsOf, unitsOf } from '#test/support/capacity.ts';
import { type OwnService, startOwnService } from '#test/support/in-process.ts';
import type { Json } from '#test/support/service.ts';

const audit = async (client: Client, query: Record<string, string>): Promise<Json> =>
  ok(await client.get(`/v1/numbering/audit?${new URLSearchParams(query)}`));

describe('the audit of numbers', () => {
  it('NUM-7: with nothing given, it has one run without numbers', async () => {
    const { admin } = await newAccount();
    expect(await audit(admin, {})).toEqual({
      ...{ runs: [{ run: 1, start: 'INV-1001', last: null }], data: [], gaps: [], nextCursor: null },
    });
  });

  it('NUM-7: names the invoice of every number, or who deleted it, when and why', async () => {
    const { admin } = await newAccount();
    ok(await admin.patch('/v1/settings', { allowDeleteFinalized: true }));
    const { id: contactId } = await newContact(admin);
    const invoices = [];
    for (let index = 0; index < 4; index++) invoices.push(await newInvoice(admin, { contactId }));
    const [kept, paid, voided, gone] = invoices;
    ok(await admin.post(`/v1/invoices/${paid.id}/payments`, { method: 'cash' }));
    ok(await admin.post(`/v1/invoices/${voided.id}/void`));
    const before = new Date().toISOString();
    await admin.delete(`/v1/invoices/${gone.id}?reason=${encodeURIComponent('Made twice, by “Ann”')}`);
    const { data, runs, gaps } = await audit(admin, {});
    const issued = ({ id, number }: Json) => ({ run: 1, number, invoiceId: id, status: 'issued' });
    expect(data).toEqual([
      ...[kept, paid, voided].map(issued),
      {
        ...{ run: 1, number: 'INV-1004', invoiceId: gone.id, status: 'deleted' },
        ...{ deletedAt: expect.any(String), reason: 'Made twice, by “Ann”' },
        deletedBy: expect.objectContaining({ type: 'member', name: 'Alex Founder' }),
      },
    ]);
    expect(data[3].deletedAt >= before).toBe(true);
    expect(runs).toEqual([{ run: 1, start: 'INV-1001', last: 'INV-1004' }]);
    expect(gaps).toEqual([]);
  });

  it('NUM-7: a deletion that gives no reason has none, and drafts were never in it', async () => {
    const { admin } = await newAccount();
    ok(await admin.patch('/v1/settings', { allowDeleteFinalized: true }));
    const [invoice, draft] = [await newInvoice(admin), await newDraft(admin)];
    await admin.delete(`/v1/invoices/${draft.id}`);
    await admin.delete(`/v1/invoices/${invoice.id}`);
    const { data } = await audit(admin, {});
    expect(data).toHaveLength(1);
    expect(data[0]).not.toHaveProperty('reason');
  });

  it('NUM-7, API-4: a cursor of another account is none', async () => {
    const { admin } = await newAccount();
    for (const _ of [1, 2]) await newInvoice(admin);
    const { nextCursor } = await audit(admin, { limit: '1' });
    const stranger = (await newAccount()).admin;
    const answer = await stranger.get(`/v1/numbering/audit?cursor=${nextCursor}`);
    expect(inShort(answer)).toBe('422 invalid_cursor');
  });
});

/** 100,000 where the environment asks for them; else enough to see whether a page’s cost grows. */
const count = process.env.QUITTANCE_TESTS === 'all' ? 100_000 : 3_000;

describe('the audit of very many numbers', () => {
  let own: OwnService;
  beforeAll(async () => {
    own = await startOwnService();
  });
  afterAll(() => own.stop());

  const put = async (items: Json[]): Promise<void> => {
    const { client, name } = table();
    let open = items.map((Item) => ({ PutRequest: { Item } }));
    while (open.length > 0) {
      const { UnprocessedItems = {} } = await client.send(
        new BatchWriteCommand({ RequestItems: { [name]: open } }),
      );
      open = (UnprocessedItems[name] ?? []) as typeof open;
      if (open.length > 0) await sleep(50);
    }
  };

  /** A run of that many numbers as the table keeps them, every hundredth deleted, one of them nowhere. */
  const giveNumbers = async (accountId: string, missing: number): Promise<void> => {
    const numberOf = (counter: number) => `INV-${counter}`;
    const invoiceId = 'inv_01JD4M8ZQ5W7R3T9Y2K6H0N1VX';
    const at = '2026-01-02T03:04:05.678Z';
    const deletion = {
      deletedAt: at,
      deletedBy: { type: 'member', id: 'mem_1', name: 'Ann' },
      reason: 'Test',
    };
    const items: Json[] = [];
    for (let index = 0; index < count; index++) {
      const counter = 1_001 + index;
      if (counter === missing) continue;
      const isDeleted = index % 100 === 50;
      items.push({
        ...numberKey(accountId, 1, counter),
        revision: 1,
        data: {
          ...{ run: 1, counter, number: numberOf(counter), invoiceId, issuedAt: at },
          ...(isDeleted ? { status: 'deleted', ...deletion } : { status: 'issued' }),
        },
      });
    }
    const batches = Array.from({ length: Math.ceil(items.length / 25) }, (_, index) =>
      items.slice(index * 25, index * 25 + 25),
    );
    const take = async (): Promise<void> => {
      for (let batch = batches.pop(); batch !== undefined; batch = batches.pop()) await put(batch);
    };
    await Promise.all([take(), take(), take(), take()]);
    const last = 1_000 + count;
    await put([
      {
        ...counterKey(accountId),
        revision: 1,
        data: {
          ...{ run: 1, liveFinalized: count, lastInvoiceDate: '2026-01-02', revision: 1 },
          first: { counter: 1_001, number: numberOf(1_001) },
          last: { counter: last, number: numberOf(last) },
        },
      },
    ]);
  };

  it(`NUM-7: goes through ${count} numbers in pages whose cost does not grow, and finds the one that is missing`, async () => {
    const { id, admin } = await own.newAccount();
    // Neither the first nor the last of its page.
    const missing = 1_001 + count / 2 + 56;
    await giveNumbers(id, missing);
    const costs: number[] = [];
    const gaps: Json[] = [];
    let seen = 0;
    let deleted = 0;
    let before = '';
    let cursor: string | null = null;
    do {
      let page: Json;
      const calls = await tableCallsOf(async () => {
        page = await audit(admin, { limit: '200', ...(cursor !== null && { cursor }) });
      });
      costs.push(unitsOf(calls));
      expect(calls.map(({ command }) => command)).not.toContain('ScanCommand');
      gaps.push(...page.gaps);
      seen += page.data.length;
      deleted += page.data.filter(({ status }: Json) => status === 'deleted').length;
      const numbers = page.data.map(({ number }: Json) => number.slice(4).padStart(9, '0'));
      expect([before, ...numbers]).toEqual([before, ...numbers].sort());
      before = numbers.at(-1) ?? before;
      cursor = page.nextCursor;
    } while (cursor !== null);
    expect({ seen, deleted }).toEqual({ seen: count - 1, deleted: count / 100 });
    expect(gaps).toEqual([{ run: 1, from: missing, to: missing }]);
    expect(costs.length).toBeLessThanOrEqual(count / 200 + 1);
    const [first = 0] = costs;
    expect(Math.max(...costs)).toBeLessThanOrEqual(first * 1.25);
    expect(first).toBeLessThan(40);
  }, 900_000);
});
