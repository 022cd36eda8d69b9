import { succeeded } from './http.ts';
import type { Measurement } from './measurement.ts';
import { besidePaging } from './raw.ts';
import { largestOf, type Seeded, type SeededAccount } from './seeded.ts';

/** What an export may take beside what the process has when it does nothing. */
const allowedMegabytes = 150;
const megabyte = 1_048_576;

/** An export's steps one after another, as its queue would bring them. */
const exportAll = async ({ program }: Seeded, { id: accountId, http }: SeededAccount) => {
  const { body: created } = succeeded(await http('POST', '/v1/exports', { format: 'csv' }));
  const body = JSON.stringify({ accountId, exportId: created.id });
  const sum = { milliseconds: 0, idle: Number.POSITIVE_INFINITY, most: 0 };
  for (;;) {
    const step = await program.work({ worker: 'run-export', body });
    sum.milliseconds += step.milliseconds;
    sum.idle = Math.min(sum.idle, step.idle);
    sum.most = Math.max(sum.most, step.most);
    const { body: now } = succeeded(await http('GET', `/v1/exports/${created.id}`));
    if (now.status === 'done' || now.status === 'failed') return { ...sum, done: now };
  }
};

export const measureExport: Measurement<Seeded> = async (seeded, { progress }) => {
  const [warming] = seeded.accounts;
  const account = largestOf(seeded);
  const { table } = seeded.program;
  const small = await exportAll(seeded, warming ?? account);
  progress(`a CSV of ${account.count} invoices`);
  const { result, limit } = await besidePaging(table, account.id, () => exportAll(seeded, account));
  const { done, milliseconds, most } = result;
  const what = `CSV export of ${account.count}`;
  return {
    figures: [
      {
        ...{ what, measured: (1_000 * done.rowsDone) / milliseconds, unit: '/s' },
        ...{ limit, beside: 'raw Query paging of the same items', target: { atLeast: 0.5 } },
      },
      {
        ...{ what: `${what}, memory above idle`, measured: (most - small.idle) / megabyte, unit: 'MB' },
        ...{ beside: 'allowed', limit: allowedMegabytes, target: { atMost: 1 } },
      },
    ],
    checks: [
      {
        ...{ what: `${what}: every row`, holds: done.status === 'done' && done.rowsDone === account.count },
        found: `${done.status}, ${done.rowsDone} rows, ${Math.round(done.bytes / megabyte)} MB`,
      },
    ],
  };
};
