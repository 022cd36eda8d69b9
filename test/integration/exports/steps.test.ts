import { createHash } from 'node:crypto';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Client, line, newDraft, newInvoice, ok } from '#test/support/account.ts';
import { atEveryCall, callsOf } from '#test/support/crash.ts';
import { type OwnService, startOwnService } from '#test/support/in-process.ts';
import { afterNextHeaders } from '#test/support/interleave.ts';
import type { Json } from '#test/support/service.ts';

/** Exports step by step, with parts so small that a few invoices make several. */

let own: OwnService;
let account: { id: string; admin: Client };
const ids: string[] = [];

beforeAll(async () => {
  own = await startOwnService();
  process.env.EXPORT_PART_BYTES = '150';
  account = await own.newAccount();
  for (const title of ['=1+1', 'plain, with "quotes"', 'ünïcode', '@x', '-5', 'last'])
    ids.push((await newInvoice(account.admin, { title, lineItems: [line({ unitPrice: '10.10' })] })).id);
  ids.push((await newDraft(account.admin, { currency: 'JPY', title: 'draft' })).id);
});
afterAll(async () => {
  delete process.env.EXPORT_PART_BYTES;
  await own.stop();
});

const begin = async (body: Json): Promise<string> =>
  ok(await account.admin.post('/v1/exports', body)).id as string;
const read = async (id: string): Promise<Json> => ok(await account.admin.get(`/v1/exports/${id}`));
const message = (exportId: string): string => JSON.stringify({ accountId: account.id, exportId });
/** Steps as the queue brings them, until no message is left: one that failed comes again. */
const runOut = async (exportId: string, first = [message(exportId)]): Promise<void> => {
  for (let bodies = first; bodies.length > 0; bodies = await own.take('export', exportId))
    for (const body of bodies) await own.queue('run-export', [body]);
};
const fetched = async (file: Json): Promise<string> => {
  const response = await fetch(file.url);
  expect(response.status).toBe(200);
  const bytes = new Uint8Array(await response.arrayBuffer());
  expect(createHash('sha256').update(bytes).digest('hex')).toBe(file.sha256);
  expect(bytes.length).toBe(file.bytes);
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
};
const exported = async (body: Json): Promise<{ done: Json; text: string }> => {
  const id = await begin(body);
  await runOut(id);
  const done = await read(id);
  expect(done).toMatchObject({ status: 'done', error: null });
  return { done, text: await fetched(done.files[0]) };
};

describe('an export', () => {
  it('EXP-1 EXP-2 EXP-5 EXP-6: is a CSV with the chosen columns, guarded texts and a manifest', async () => {
    const columns = ['title', 'total', 'status', 'currency'];
    const { done, text } = await exported({ format: 'csv', columns, bom: true });
    expect(text.startsWith('\ufeffTitre,Total TTC,Statut,Devise\r\n')).toBe(true);
    const rows = parse(text, { bom: true, from_line: 2 });
    expect(rows).toEqual([
      ["'=1+1", '10.10', 'open', 'EUR'],
      ['plain, with "quotes"', '10.10', 'open', 'EUR'],
      ['ünïcode', '10.10', 'open', 'EUR'],
      ["'@x", '10.10', 'open', 'EUR'],
      ["'-5", '10.10', 'open', 'EUR'],
      ['last', '10.10', 'open', 'EUR'],
      ['draft', '100', 'draft', 'JPY'],
    ]);
    expect(done).toMatchObject({ rowsDone: 7, rowsExpected: 7, bytes: done.files[0].bytes });
    expect(done.manifest).toMatchObject({
      rows: 7,
      totals: [
        { currency: 'EUR', invoices: 6, total: '60.60' },
        { currency: 'JPY', invoices: 1, total: '100' },
      ],
      skipped: [],
      unknownIds: [],
    });
  });

  it('EXP-1: holds a selection in its own order, and names the ids that no invoice has', async () => {
    const unknown = 'inv_01M7ZZZZZZZZZZZZZZZZZZZZZZ';
    const invoiceIds = [ids[3], unknown, ids[0], ids[5]];
    const { done, text } = await exported({ format: 'ndjson', invoiceIds, columns: ['id', 'number'] });
    const rows = text
      .trim()
      .split('\n')
      .map((row) => JSON.parse(row));
    expect(rows.map(({ id }) => id)).toEqual([ids[3], ids[0], ids[5]]);
    expect(Object.keys(rows[0])).toEqual(['id', 'number']);
    expect(done.manifest.unknownIds).toEqual([unknown]);
  });

  it('EXP-1 FILT-2: takes the filter of a view, and refuses a faulty one', async () => {
    const filterGroups = [{ filters: [{ property: 'title', operator: 'EQ', value: 'LAST' }] }];
    const view = { name: 'Last', filterGroups, columns: ['title'] };
    const { id: viewId } = ok(await account.admin.post('/v1/views', view));
    const { text } = await exported({ format: 'ndjson', viewId, sort: 'number' });
    expect(text).toBe('{"title":"last"}\n');
    const faulty = { format: 'csv', filterGroups: [{ filters: [{ property: 'x', operator: 'EQ' }] }] };
    expect((await account.admin.post('/v1/exports', faulty)).body.code).toBe('invalid_filter');
  });

  it('EXP-3: shows that it runs from its first step on, and how many rows a selection makes, if that is known', async () => {
    const selection = { invoiceIds: ids.slice(0, 2) };
    const lines = await begin({ format: 'xero', ...selection });
    expect(await read(lines)).toMatchObject({ status: 'queued', rowsExpected: null });
    const rows = await begin({ format: 'csv', ...selection });
    expect(await read(rows)).toMatchObject({ status: 'queued', rowsExpected: 2 });
    let meanwhile: Json;
    afterNextHeaders(async () => {
      meanwhile = await read(rows);
    });
    await runOut(rows);
    expect(meanwhile).toMatchObject({ status: 'running', rowsDone: 0 });
    expect(await read(rows)).toMatchObject({ status: 'done', rowsDone: 2 });
  });

  it('EXP-3: is the same to the byte, whatever crashed at any point of any step', async () => {
    const whole = { format: 'csv', columns: ['title', 'number', 'total'], sort: 'number' };
    const { text, done } = await exported(whole);
    let crashes = 0;
    for (const format of ['csv', 'ndjson']) {
      const expected = format === 'csv' ? text : (await exported({ ...whole, format })).text;
      crashes += await atEveryCall(
        () => begin({ ...whole, format }),
        (id) => runOut(id),
        async (id) => {
          // The message whose run died comes again, and so may one that it had sent.
          await runOut(id, [message(id), ...(await own.take('export', id))]);
          const after = await read(id);
          expect(after.manifest).toEqual(format === 'csv' ? done.manifest : after.manifest);
          expect(await fetched(after.files[0])).toBe(expected);
        },
      );
    }
    expect(crashes).toBeGreaterThan(20);
  });

  it('EXP-3: is cancelled while it runs, then goes for good', async () => {
    const id = await begin({ format: 'csv' });
    await own.queue('run-export', [message(id)]);
    expect((await read(id)).status).toBe('running');
    expect((await account.admin.delete(`/v1/exports/${id}`)).status).toBe(204);
    await runOut(id);
    expect(await read(id)).toMatchObject({ status: 'cancelled', files: [] });
    expect((await account.admin.delete(`/v1/exports/${id}`)).status).toBe(204);
    expect((await account.admin.get(`/v1/exports/${id}`)).status).toBe(404);
  });

  it('EXP-3: leaves no upload where it is cancelled before its first checkpoint', async () => {
    const id = await begin({ format: 'csv', invoiceIds: ids });
    afterNextHeaders(() => account.admin.delete(`/v1/exports/${id}`));
    const calls = await callsOf(() => own.queue('run-export', [message(id)]));
    expect(calls).toContain('CreateMultipartUploadCommand');
    expect(calls.at(-1)).toBe('AbortMultipartUploadCommand');
    expect(await read(id)).toMatchObject({ status: 'cancelled', files: [] });
  });
});
