import readXlsxFile from 'read-excel-file/node';
import { describe, expect, it } from 'vitest';
import { atEveryCall } from '#test/support/crash.ts';
import type { Json } from '#test/support/service.ts';
import { begin, exported, fetched, message, own, read, runOut, withSevenInvoices } from './in-steps.ts';

withSevenInvoices();

describe('an export', () => {
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

  it('EXP-3: has each row of a workbook once, whatever crashed at any point', async () => {
    process.env.EXPORT_PROGRESS_MS = '0';
    const rowsOf = async ({ url }: Json): Promise<unknown> => {
      const bytes = Buffer.from(await (await fetch(url)).arrayBuffer());
      return ((await readXlsxFile(bytes)) as unknown as Json)[0].data;
    };
    const order = { format: 'xlsx', columns: ['title', 'total'], sort: 'number' };
    const id = await begin(order);
    await runOut(id);
    const undisturbed = await read(id);
    const rows = await rowsOf(undisturbed.files[0]);
    const crashes = await atEveryCall(
      () => begin(order),
      (again) => runOut(again),
      async (again) => {
        await runOut(again, [message(again), ...(await own.take('export', again))]);
        const after = await read(again);
        expect(after).toMatchObject({ status: 'done', rowsDone: 7, manifest: undisturbed.manifest });
        expect(await rowsOf(after.files[0])).toEqual(rows);
      },
    );
    delete process.env.EXPORT_PROGRESS_MS;
    expect(crashes).toBeGreaterThan(10);
  });
});
