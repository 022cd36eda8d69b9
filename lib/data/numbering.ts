import * as z from 'zod';
import { counterKey, numberKey } from './keys.ts';
import { getItem, type Item, type Table } from './table.ts';
import { absent, atRevision, Stale, type Transaction } from './transaction.ts';

/** The counter and the numbers that it gave (NUM). */

const storedCounter = z.object({
  run: z.number(),
  /** The next value; absent until the first number of the run: then it begins at the settings' start. */
  next: z.number().optional(),
  /** Finalized invoices that exist: a reset needs 0 (NUM-4). */
  liveFinalized: z.number(),
  /** Invoice date of the last number given (NUM-8). */
  lastInvoiceDate: z.string().optional(),
  revision: z.number(),
});
export type Counter = z.infer<typeof storedCounter>;

const newCounter: Counter = { run: 1, liveFinalized: 0, revision: 0 };
const counterOf = (item: Item | undefined): Counter => (item ? storedCounter.parse(item.data) : newCounter);

/** The counter moved: another invoice took its value. Carries where it stands now, so that no read is needed. */
export class CounterMoved extends Stale {
  override readonly name = 'CounterMoved';
  readonly counter: Counter;
  constructor(counter: Counter) {
    super('counter');
    this.counter = counter;
  }
}

/** The counter as it is now; a new one where no number was given yet. */
export const readCounter = async (table: Table, accountId: string): Promise<Counter> =>
  counterOf(await getItem(table, counterKey(accountId)));

/** Adds the counter's write, refused as CounterMoved if it is not `previous` any more. */
export const putCounter = (
  transaction: Transaction,
  accountId: string,
  previous: Counter,
  next: Omit<Counter, 'revision'>,
): void => {
  const revision = previous.revision + 1;
  transaction.put(
    { ...counterKey(accountId), revision, data: { ...next, revision } },
    previous.revision === 0 ? absent : atRevision(previous.revision),
    (standing) => new CounterMoved(counterOf(standing)),
  );
};

/** Adds a number to its run; a second one of the same value is refused, whatever the counter says (NUM-1). */
export const putNumber = (
  transaction: Transaction,
  accountId: string,
  given: { run: number; counter: number; number: string; invoiceId: string; issuedAt: string },
): void => {
  transaction.put(
    { ...numberKey(accountId, given.run, given.counter), revision: 1, data: { ...given, status: 'issued' } },
    absent,
    () =>
      new Error(
        `number ${given.number} of run ${given.run} exists already: the counter is behind its numbers`,
      ),
  );
};
