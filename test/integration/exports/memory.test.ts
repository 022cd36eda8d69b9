import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { table } from '#functions/wiring/table.ts';
import { headersOf, writeHeaders } from '#test/integration/search/seed.ts';
import { ok } from '#test/support/account.ts';
import { type OwnService, startOwnService } from '#test/support/in-process.ts';
import { scheduling } from './scheduling.ts';

/**
 * The memory of an export, step by step. It takes minutes: `EXPORT_MEMORY=10000,100000` chooses the numbers of rows,
 * and the figures are printed.
 */

const sizes = (process.env.EXPORT_MEMORY ?? '').split(',').filter(Boolean).map(Number);
const megabytes = (bytes: number): number => Math.round(bytes / 1_048_576);

let own: OwnService;
beforeAll(async () => {
  own = await startOwnService();
});
afterAll(() => own.stop());

const cases = sizes.flatMap((rows) => ['csv', 'xlsx'].map((format) => [rows, format] as const));

describe.skipIf(sizes.length === 0)('an export', () => {
  it.each(cases)(
    'EXP-3: of %i rows takes no more memory than its parts, as %s',
    { timeout: 3_600_000 },
    async (rows, format) => {
      const account = await own.newAccount();
      const on = scheduling(own, account);
      const today = new Date().toISOString().slice(0, 10);
      await writeHeaders(
        table(),
        headersOf({ accountId: account.id, count: rows, shards: 1, today, seed: 7 }),
      );
      // The test itself keeps the stream’s records: they are there before it is measured.
      await own.records(account.id);
      let most = 0;
      const watch = setInterval(() => {
        most = Math.max(most, process.memoryUsage().rss);
      }, 20);
      const before = process.memoryUsage().rss;
      const done = await on.finish(ok(await account.admin.post('/v1/exports', { format })).id);
      clearInterval(watch);
      console.log(
        `${format}, ${rows} rows, ${megabytes(done.bytes)} MB: ${megabytes(before)} MB before, at most ${megabytes(most)} MB`,
      );
      expect(done).toMatchObject({ status: 'done', rowsDone: rows });
      // Far below the 2,048 MB of the function, whatever the number of rows.
      expect(megabytes(most - before)).toBeLessThan(600);
    },
  );
});
