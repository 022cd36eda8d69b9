import { gapIn, newDrafts } from './drafts.ts';
import { rateOf } from './figures.ts';
import { httpClient, succeeded } from './http.ts';
import type { Measurement } from './measurement.ts';
import type { Program } from './program.ts';
import { rawFinalizing } from './raw.ts';

/** Many drafts by one request. */
export const measureBulk: Measurement<Program> = async (program, { sizes, progress }) => {
  const { token } = await program.newAccount();
  const http = httpClient(program.baseUrl, token);
  const [warming, around] = [50, 100];
  const raw = await rawFinalizing(await program.newTable('raw-bulk'), warming + 2 * around);
  progress(`bulk: ${sizes.inBulk} drafts`);
  const ids = await newDrafts(http, warming + sizes.inBulk);
  const finalize = async (invoiceIds: string[]) =>
    succeeded(await http('POST', '/v1/invoices/finalize', { invoiceIds }));
  const warmed = await finalize(ids.splice(0, warming));
  await raw.run(warming);
  progress('bulk: finalizing them');
  const theirs = [...(await raw.run(around))];
  const { body, milliseconds } = await finalize(ids);
  theirs.push(...(await raw.run(around)));
  const numbers = [...warmed.body.finalized, ...body.finalized].map(({ number }) => number as string);
  const what = `bulk finalize of ${sizes.inBulk}`;
  return {
    figures: [
      {
        ...{ what, measured: (1_000 * body.finalized.length) / milliseconds, unit: '/s' },
        ...{ beside: 'raw transaction of one invoice, one client', limit: rateOf(theirs) },
        target: { atLeast: 3 },
      },
    ],
    checks: [
      {
        ...{ what: `${what}: none refused`, holds: body.refused.length === 0 },
        found: `${body.finalized.length} finalized, ${body.refused.length} refused`,
      },
      { what: `${what}: consecutive numbers`, ...gapIn(numbers) },
    ],
  };
};
