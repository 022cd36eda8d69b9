import {
  type Counter,
  type IssuedNumber,
  type NumberRun,
  newCounter,
  storedCounter,
  storedNumber,
  storedRun,
} from '#lib/domain/numbering.ts';
import { counterKey, numberKey, runKey } from './keys.ts';
import { getItem, type Item, queryAll, queryPage, type Table } from './table.ts';
import { absent, atRevision, Stale, type Transaction } from './transaction.ts';

/** The store of the counter, its runs and the numbers that they gave (NUM). */

const counterOf = (item: Item | undefined): Counter => (item ? storedCounter.parse(item.data) : newCounter);

/** The counter moved: another invoice took its value. */
export class CounterMoved extends Stale {
  override readonly name = 'CounterMoved';
}

/** The counter as it is now; a new one where no number was given yet. */
export const readCounter = async (table: Table, accountId: string): Promise<Counter> =>
  counterOf(await getItem(table, counterKey(accountId)));

/** Adds the counter's write, refused as CounterMoved if it is not `previous` any more. */
export const putCounter = (
  transaction: Transaction,
  accountId: string,
  previous: Counter,
  next: Counter,
): void => {
  const revision = previous.revision + 1;
  transaction.put(
    { ...counterKey(accountId), revision, data: { ...next, revision } },
    previous.revision === 0 ? absent : atRevision(previous.revision),
    () => new CounterMoved('counter'),
  );
};

/** Adds the condition that no number was given since the counter was read. */
export const checkCounter = (transaction: Transaction, accountId: string, { revision }: Counter): void => {
  transaction.check(counterKey(accountId), revision === 0 ? absent : atRevision(revision));
};

/** Adds a number to its run; a second one of the same value is refused, whatever the counter says (NUM-1). */
export const putNumber = (
  transaction: Transaction,
  accountId: string,
  number: Omit<IssuedNumber, 'status'>,
): void => {
  transaction.put(
    {
      ...numberKey(accountId, number.run, number.counter),
      revision: 1,
      data: { ...number, status: 'issued' } satisfies IssuedNumber,
    },
    absent,
    () =>
      new Error(
        `number ${number.counter} of run ${number.run} exists already: the counter is behind its numbers`,
      ),
  );
};

/** Adds what stays of a number when its invoice is deleted: who, when, why (DEL-3, NUM-7). */
export const putDeletedNumber = (transaction: Transaction, accountId: string, number: IssuedNumber): void => {
  transaction.put({
    ...numberKey(accountId, number.run, number.counter),
    revision: 2,
    data: { ...number, status: 'deleted' } satisfies IssuedNumber,
  });
};

/** Adds what is known of a run that a reset ends. */
export const putRun = (transaction: Transaction, accountId: string, run: NumberRun): void => {
  transaction.put({ ...runKey(accountId, run.run), data: run });
};

/** The runs that resets ended, oldest first. */
export const readRuns = async (table: Table, accountId: string): Promise<NumberRun[]> => {
  const { pk, sk } = runKey(accountId, 0);
  const items = await queryAll(table, { pk, prefix: sk.slice(0, sk.indexOf('#') + 1) });
  return items.map(({ data }) => storedRun.parse(data));
};

/** One page of a run's numbers, in their order; `after` is the counter of the last one seen. */
export const readNumbers = async (
  table: Table,
  accountId: string,
  page: { run: number; after: number | undefined; limit: number },
): Promise<{ numbers: IssuedNumber[]; more: boolean }> => {
  const { pk } = numberKey(accountId, page.run, 0);
  const after = page.after === undefined ? undefined : numberKey(accountId, page.run, page.after).sk;
  const { items, more } = await queryPage(table, { pk, after, limit: page.limit });
  return { numbers: items.map(({ data }) => storedNumber.parse(data)), more };
};
