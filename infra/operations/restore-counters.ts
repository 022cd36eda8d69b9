import { allAccounts, readSettings } from '#lib/data/accounts.ts';
import { CounterMoved, putCounter, putDeletedNumber, readCounter, readNumbers } from '#lib/data/numbering.ts';
import type { Table } from '#lib/data/table.ts';
import { Transaction } from '#lib/data/transaction.ts';
import { type Counter, type IssuedNumber, nextValue, writeNumber } from '#lib/domain/numbering.ts';

/**
 * After a restore to a point in time a counter can be behind the numbers given out: those that were given between that
 * point and the loss stand on invoices that buyers hold. Each account's counter is moved on behind them.
 */
export type Restore = {
  /** The table that was restored, before the service writes to it. */
  restored: Table;
  /** The table that it was restored from, where that can still be read. */
  lost: Table | undefined;
  /** Values that are left out besides, for each account that has given a number: where `lost` can't be read. */
  skip: number;
  at: string;
};
export type Moved = { accountId: string; from: number | undefined; to: number; kept: number };

const numbersPerPage = 40;

/** All numbers of a run beyond a value, page by page. */
async function* numbersBeyond(
  table: Table,
  accountId: string,
  run: number,
  value: number | undefined,
): AsyncGenerator<IssuedNumber[]> {
  let after = value;
  for (;;) {
    const { numbers, more } = await readNumbers(table, accountId, { run, after, limit: numbersPerPage });
    if (numbers.length > 0) yield numbers;
    after = numbers.at(-1)?.counter;
    if (!more || after === undefined) return;
  }
}

/** A number of an invoice that is gone, as the audit shows it: nobody gives it again (NUM-7). */
const lostNumber = (number: IssuedNumber, run: number, at: string): IssuedNumber => ({
  ...number,
  run,
  status: 'deleted',
  deletedAt: number.deletedAt ?? at,
  deletedBy: number.deletedBy ?? { type: 'system', id: null, name: null },
  reason: number.reason ?? 'Given out after the point in time that the data were restored to.',
});

/** Keeps what the lost table knows of numbers beyond the counter. Answers the last value, and how many. */
const keepLost = async (
  { restored, lost, at }: Restore,
  accountId: string,
  counter: Counter,
): Promise<{ last: number | undefined; kept: number }> => {
  let last = counter.last?.counter;
  let kept = 0;
  const until = lost === undefined ? counter : await readCounter(lost, accountId);
  const seen = new Set<number>();
  for (let run = counter.run; run <= until.run; run++) {
    // A later run of the lost table may have begun anew: none of its values may be given a second time either.
    const from = run === counter.run ? counter.last?.counter : undefined;
    for (const table of lost === undefined ? [restored] : [restored, lost])
      for await (const numbers of numbersBeyond(table, accountId, run, from)) {
        const fresh = numbers.filter(
          ({ counter: value }) => !seen.has(value) && value > (counter.last?.counter ?? -1),
        );
        if (table === lost && fresh.length > 0) {
          const writes = new Transaction(restored);
          for (const number of fresh)
            putDeletedNumber(writes, accountId, lostNumber(number, counter.run, at));
          await writes.commit();
          kept += fresh.length;
        }
        for (const { counter: value } of fresh) seen.add(value);
        last = Math.max(last ?? 0, ...numbers.map(({ counter: value }) => value));
      }
  }
  return { last, kept };
};

const moveOn = async (restore: Restore, accountId: string): Promise<Moved | undefined> => {
  const { restored, skip } = restore;
  const [counter, settings] = await Promise.all([
    readCounter(restored, accountId),
    readSettings(restored, accountId),
  ]);
  if (settings === undefined) return undefined;
  const { last, kept } = await keepLost(restore, accountId, counter);
  const known = last ?? (skip > 0 ? nextValue(counter, settings.numbering) - 1 : undefined);
  const to = known === undefined ? undefined : known + skip;
  const from = counter.last?.counter;
  if (to === undefined || to === from) return undefined;
  const given = (value: number) => ({ counter: value, number: writeNumber(settings.numbering, value) });
  const writes = new Transaction(restored);
  const first = counter.first ?? given(settings.numbering.start);
  putCounter(writes, accountId, counter, { ...counter, first, last: given(to) });
  await writes.commit();
  return { accountId, from, to, kept };
};

/**
 * Moves all counters on. Run again, it moves none that is past the numbers known (`skip` is left out each time).
 * @throws Error where the service writes to the table meanwhile
 */
export async function* moveCountersOn(restore: Restore): AsyncGenerator<Moved> {
  for await (const accountId of allAccounts(restore.restored)) {
    const moved = await moveOn(restore, accountId).catch((error) => {
      if (!(error instanceof CounterMoved)) throw error;
      throw new Error(
        `A number was given to ${accountId} meanwhile: the service is to be kept off the table.`,
      );
    });
    if (moved !== undefined) yield moved;
  }
}
