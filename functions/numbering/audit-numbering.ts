import * as z from 'zod';
import { accountSettings } from '#functions/http/existing.ts';
import { handle } from '#functions/http/handler.ts';
import { limitOf, nextCursor, positionOf } from '#functions/http/lists.ts';
import { table } from '#functions/wiring/table.ts';
import { readCounter, readNumbers, readRuns } from '#lib/data/numbering.ts';
import { currentRun, gapsIn, type IssuedNumber } from '#lib/domain/numbering.ts';
import { auditNumbering } from './contract.ts';

/** Where a page ended: in a run, after a counter's value. */
const placeSchema = z.tuple([z.int(), z.int().nullable()]);

const shown = ({ run, number, invoiceId, status, deletedAt, deletedBy, reason }: IssuedNumber) => ({
  ...{ run, number, invoiceId, status, deletedAt, deletedBy, reason },
});

/** One page over the runs, from the first to the present one. A page ends with its run: the next begins another. */
export const handler = handle(auditNumbering, {
  run: async ({ caller, query }) => {
    const { accountId } = caller;
    const scope = `${accountId} audit`;
    const [account, counter, position] = await Promise.all([
      accountSettings(accountId),
      readCounter(table(), accountId),
      positionOf(query, scope),
    ]);
    // Read after the counter: of a reset between the two nothing is missing, and nothing is there twice.
    const ended = (await readRuns(table(), accountId)).filter(({ run }) => run < counter.run);
    const runs = [...ended, currentRun(counter, account.numbering)];
    const [run, after] =
      position === undefined ? [runs[0]?.run ?? 1, null] : placeSchema.parse(JSON.parse(position));
    const page = { run, after: after ?? undefined, limit: limitOf(query) };
    const { numbers, more } = await readNumbers(table(), accountId, page);
    const shownRun = runs.find((one) => one.run === run);
    const last = numbers.at(-1);
    const next: z.infer<typeof placeSchema> | undefined =
      more && last !== undefined ? [run, last.counter] : run < counter.run ? [run + 1, null] : undefined;
    return {
      result: {
        runs,
        data: numbers.map(shown),
        gaps: shownRun === undefined ? [] : gapsIn(shownRun, numbers, { after: page.after, isLast: !more }),
        nextCursor: await nextCursor(next && JSON.stringify(next), scope),
      },
    };
  },
});
