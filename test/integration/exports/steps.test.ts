import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { newInvoice, ok } from '#test/support/account.ts';
import { callsOf } from '#test/support/crash.ts';
import { afterNextHeaders } from '#test/support/interleave.ts';
import type { Json } from '#test/support/service.ts';
import { account, begin, exported, ids, message, own, read, runOut, withSevenInvoices } from './in-steps.ts';

withSevenInvoices();

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

  it.each(['csv', 'xlsx'])('EXP-3: as %s shows how far it is within a part or file, too', async (format) => {
    process.env.EXPORT_PROGRESS_MS = '0';
    const id = await begin({ format, invoiceIds: ids, columns: ['status'] });
    const seen: Json[] = [];
    const look = async (): Promise<void> => {
      const now = await read(id);
      seen.push([now.status, now.rowsDone, now.manifest.rows]);
      if (seen.length < 4) afterNextHeaders(look);
    };
    afterNextHeaders(look);
    await runOut(id);
    delete process.env.EXPORT_PROGRESS_MS;
    // Two invoices at once; what is in a file that is not done yet is not in the manifest.
    expect(seen).toEqual([0, 2, 4, 6].map((rows) => ['running', rows, 0]));
    const done = await read(id);
    expect(done).toMatchObject({ status: 'done', rowsDone: 7, manifest: { rows: 7 } });
    expect(done.rowsPerSecond).toBeGreaterThan(0);
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

  it('EXP-7: as ZIPs closes one that is heavy, and a PDF that is missing holds up no other', async () => {
    process.env.EXPORT_ZIP_BYTES = '1';
    const { admin, id: accountId } = await own.newAccount();
    const made: Json[] = [];
    for (const _ of [1, 2, 3, 4]) made.push(await newInvoice(admin));
    const [gone, ...others] = made as [Json, ...Json[]];
    ok(await admin.patch('/v1/settings', { allowDeleteFinalized: true }));
    const renders = others.map(({ id: invoiceId }) =>
      JSON.stringify({ accountId, invoiceId, documentVersion: 1 }),
    );
    expect(await own.queue('render-pdf', renders)).toBe(0);
    const order = { format: 'pdf_zip', invoiceIds: made.map(({ id }) => id) };
    const { id: exportId } = ok(await admin.post('/v1/exports', order));
    afterNextHeaders(() => admin.delete(`/v1/invoices/${gone.id}`));
    let bodies = [JSON.stringify({ accountId, exportId })];
    for (; bodies.length > 0; bodies = await own.take('export', exportId))
      for (const body of bodies) expect(await own.queue('run-export', [body])).toBe(0);
    delete process.env.EXPORT_ZIP_BYTES;
    const done = ok(await admin.get(`/v1/exports/${exportId}`));
    // Two are read at once, of which the first file got one.
    expect(done.files.map(({ rows }: Json) => rows)).toEqual([1, 2]);
    expect(done.manifest.skipped).toEqual([
      { invoiceId: gone.id, number: gone.number, reason: 'pdf_not_available' },
    ]);
  });
});
