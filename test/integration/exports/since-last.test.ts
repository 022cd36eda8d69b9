import { parse } from 'csv-parse/sync';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Client, newDraft, newInvoice, ok } from '#test/support/account.ts';
import { type OwnService, startOwnService } from '#test/support/in-process.ts';
import { afterNextHeaders } from '#test/support/interleave.ts';
import type { Json } from '#test/support/service.ts';
import { scheduling } from './scheduling.ts';

/** Exports that go on from the last one of their schedule, in parts so small that two invoices make one. */

let own: OwnService;
let account: { id: string; admin: Client };
let on: ReturnType<typeof scheduling>;

beforeAll(async () => {
  own = await startOwnService();
  process.env.EXPORT_PART_BYTES = '150';
});
beforeEach(async () => {
  account = await own.newAccount();
  on = scheduling(own, account);
  ok(await account.admin.patch('/v1/settings', { allowEditFinalized: true, allowDeleteFinalized: true }));
});
afterEach(() => {
  vi.useRealTimers();
});
afterAll(async () => {
  delete process.env.EXPORT_PART_BYTES;
  await own.stop();
});

const invoice = (title: string): Promise<Json> => newInvoice(account.admin, { title });
const edit = (one: Json, title: string) => account.admin.patch(`/v1/invoices/${one.id}`, { title }).then(ok);
const voided = (one: Json) => account.admin.post(`/v1/invoices/${one.id}/void`).then(ok);
const deleted = async (one: Json): Promise<void> => {
  expect((await account.admin.delete(`/v1/invoices/${one.id}?reason=mistake`)).status).toBe(204);
};
const paid = (one: Json) =>
  account.admin.post(`/v1/invoices/${one.id}/payments`, { method: 'cash', amount: one.total }).then(ok);
const ids = (...invoices: Json[]): string[] => invoices.map(({ id }) => id);

/** The numbers that the files of an accounting export hold, each invoice once. */
const numbersOf = async (done: Json): Promise<string[]> => {
  expect(done).toMatchObject({ status: 'done', error: null });
  const texts = await Promise.all(done.files.map((_: Json, place: number) => on.textOf(done, place)));
  const rows = texts.flatMap((text) => parse(text, { columns: true }) as Record<string, string>[]);
  return rows.map((row) => row['*InvoiceNo'] ?? row['*InvoiceNumber'] ?? '');
};
const numbers = (...invoices: Json[]): string[] => invoices.map(({ number }) => number);

describe.each(['quickbooks_intl', 'xero'])('EXP-8: %s since the last run', (format) => {
  const create = () => on.create({ format, since: 'last', columns: undefined });

  it('EXP-8: holds each invoice once, and names what was edited, voided or deleted since, once', async () => {
    const [a, b, c, d] = [await invoice('a'), await invoice('b'), await invoice('c'), await invoice('d')];
    const schedule = await create();
    const first = await on.run(schedule);
    expect(await numbersOf(first)).toEqual(numbers(a, b, c, d));
    expect(first.manifest.changedSinceExported).toEqual([]);
    await edit(a, 'a, again');
    await voided(b);
    await deleted(c);
    await paid(d);
    const [e, f] = [await invoice('e'), await invoice('f')];
    await voided(f);
    const second = await on.run(schedule);
    expect(await numbersOf(second)).toEqual(numbers(e));
    expect(second.manifest.changedSinceExported.sort()).toEqual(ids(a, b, c).sort());
    const left = { invoiceId: f.id, number: f.number, reason: 'invoice_is_voided' };
    expect(second.manifest.skipped).toEqual([left]);
    const third = await on.run(schedule);
    expect(await numbersOf(third)).toEqual([]);
    expect(third.manifest.changedSinceExported).toEqual([]);
    await edit(a, 'a, once more');
    const fourth = await on.run(schedule);
    expect(fourth.manifest).toMatchObject({ rows: 0, changedSinceExported: [a.id] });
  });

  it('EXP-8: covers what a run that was cancelled or has failed had to hold, and nothing twice', async () => {
    const a = await invoice('a');
    const schedule = await create();
    expect(await numbersOf(await on.run(schedule))).toEqual(numbers(a));
    const [b, c] = [await invoice('b'), await invoice('c')];
    await edit(a, 'a, again');
    const cancelled = await on.begin(schedule);
    expect((await account.admin.delete(`/v1/exports/${cancelled}`)).status).toBe(204);
    const failed = await on.begin(schedule);
    await own.queue('run-export', [on.message(failed)], 5);
    const d = await invoice('d');
    const next = await on.run(schedule);
    expect(await numbersOf(next)).toEqual(numbers(b, c, d));
    expect(next.manifest.changedSinceExported).toEqual([a.id]);
    // Deleted before the next run was begun: what it held is not held again.
    expect((await account.admin.delete(`/v1/exports/${next.id}`)).status).toBe(204);
    const last = await on.run(schedule);
    expect(last.manifest).toMatchObject({ rows: 0, changedSinceExported: [] });
    const { lastRuns } = await on.read(schedule);
    const statuses = lastRuns.map(({ status }: Json) => status);
    expect(statuses).toEqual(['done', 'done', 'failed', 'cancelled', 'done']);
  });
});

describe('EXP-8: an export by numbers', () => {
  it.each(['since the last run', 'of a selection'])(
    'EXP-2 EXP-8: holds no sale that is voided while it is read, and names it: %s',
    async (kind) => {
      const [a, b] = [await invoice('a'), await invoice('b')];
      const isSelection = kind === 'of a selection';
      const what = isSelection ? { invoiceIds: ids(a, b) } : { since: 'last' };
      const schedule = await on.create({ format: 'quickbooks_intl', columns: undefined, ...what });
      const id = await on.begin(schedule);
      let left = b;
      afterNextHeaders(async () => {
        left = await voided(b);
      });
      const done = await on.finish(id);
      expect(left.status).toBe('voided');
      expect(await numbersOf(done)).toEqual(numbers(a));
      const skipped = [{ invoiceId: b.id, number: b.number, reason: 'invoice_is_voided' }];
      expect(done.manifest).toMatchObject({ rows: 1, skipped });
      const next = await on.run(schedule);
      expect(await numbersOf(next)).toEqual(isSelection ? numbers(a) : []);
      expect(next.manifest.changedSinceExported).toEqual([]);
    },
  );

  it('EXP-8: is read consistently while invoices are finalized, edited, voided and deleted', async () => {
    const [a, b, c, d, e] = [
      await invoice('a'),
      await invoice('b'),
      await invoice('c'),
      await invoice('d'),
      await invoice('e'),
    ];
    const schedule = await on.create({ format: 'quickbooks_intl', since: 'last', columns: undefined });
    const first = await on.begin(schedule);
    await on.step(first);
    expect(await on.exported(first)).toMatchObject({ status: 'running', rowsDone: 2 });
    const late = await invoice('late');
    await edit(a, 'a, after it was read');
    await edit(c, 'c, before it was read');
    await voided(d);
    await deleted(e);
    // The next one waits for this one to end.
    expect(await on.begin(schedule)).toBe(first);
    const done = await on.finish(first);
    expect(await numbersOf(done)).toEqual(numbers(a, b, c));
    expect(done.manifest.skipped.map(({ invoiceId }: Json) => invoiceId)).toEqual([d.id]);
    const next = await on.run(schedule);
    expect(await numbersOf(next)).toEqual(numbers(late));
    expect(next.manifest.changedSinceExported).toEqual([a.id]);
  });

  it('EXP-8: goes on through a reset of the numbers, and by its filter', async () => {
    const filterGroups = [{ filters: [{ property: 'title', operator: 'EQ', value: 'wanted' }] }];
    const a = await invoice('wanted');
    const schedule = await on.create({ format: 'xero', since: 'last', columns: undefined, filterGroups });
    expect(await numbersOf(await on.run(schedule))).toEqual(numbers(a));
    const b = await invoice('wanted');
    for (const one of [a, b]) await deleted(one);
    ok(await account.admin.post('/v1/numbering/reset', { start: 1 }));
    await invoice('unwanted');
    const c = await invoice('wanted');
    const next = await on.run(schedule);
    expect(await numbersOf(next)).toEqual(numbers(c));
    expect(next.manifest.changedSinceExported).toEqual([a.id]);
  });
});

describe('EXP-8: a table since the last run', () => {
  it('EXP-8: holds what was created or changed up to a minute before the start, and misses nothing late', async () => {
    const start = Date.now();
    const at = (minutes: number) => {
      vi.useFakeTimers({ toFake: ['Date'], now: start + minutes * 60_000 });
    };
    const [x, y] = [
      await newDraft(account.admin, { title: 'x' }),
      await newDraft(account.admin, { title: 'y' }),
    ];
    const schedule = await on.create({ format: 'ndjson', since: 'last', columns: ['id'] });
    const run = async (minutes: number): Promise<string[]> => {
      at(minutes);
      const done = await on.run(schedule);
      vi.useRealTimers();
      const again = await on.exported(done.id);
      const lines = (await on.textOf(again)).split('\n').filter((text) => text !== '');
      return lines.map((text) => JSON.parse(text).id);
    };
    // Both were written within the last minute: the next run has them.
    expect(await run(0.5)).toEqual([]);
    expect(await run(3)).toEqual(ids(x, y));
    at(4);
    await edit(x, 'x, again');
    const z = await newDraft(account.admin, { title: 'z' });
    at(5.5);
    await edit(y, 'y, within the last minute');
    expect(await run(6)).toEqual(ids(x, z));
    expect(await run(8)).toEqual(ids(y));
    expect(await run(9)).toEqual([]);
  });
});
