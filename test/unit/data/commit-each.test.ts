import { TransactionConflictException } from '@aws-sdk/client-dynamodb';
import { expect, it } from 'vitest';
import { tableAt } from '#lib/data/table.ts';
import { Transaction, wasWritten } from '#lib/data/transaction.ts';

/** What DynamoDB Local never says: a transaction of somebody else is at the item. */
it('LINK-6: a note beside a transaction that is at its item is left out, and fails nothing', async () => {
  const table = tableAt('none', { region: 'eu-west-1' });
  table.client.middlewareStack.add(
    () => async () => {
      throw new TransactionConflictException({
        $metadata: {},
        message: 'Transaction is ongoing for the item',
      });
    },
    { step: 'initialize', priority: 'low', name: 'conflict' },
  );
  const note = new Transaction(table).put({ pk: 'a', sk: 'b' });
  expect(await wasWritten(note.commitEach())).toBe(false);
});
