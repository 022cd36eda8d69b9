import { QueryCommand, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { indexAttributes, listPartition } from '#lib/data/indexes.ts';
import { counterKey, numberKey } from '#lib/data/keys.ts';
import type { Table } from '#lib/data/table.ts';
import type { InvoiceHeader } from '#lib/domain/invoice/invoice.ts';
import { headersOf, itemOf, writeHeaders } from '#test/integration/search/seed.ts';

/** What the database alone takes for what the program has to do at least. */

export type RawFinalizing = {
  /** Finalizes so many drafts, one after another: the milliseconds of each. */
  run: (count: number) => Promise<number[]>;
};

const accountId = 'acc_01JD4M8ZQ5W7R3T9Y2K6H0NRAW';
const atRevision = (revision: number) =>
  revision === 0
    ? { ConditionExpression: 'attribute_not_exists(pk)' }
    : {
        ConditionExpression: '#revision = :revision',
        ExpressionAttributeNames: { '#revision': 'revision' },
        ExpressionAttributeValues: { ':revision': revision },
      };

/** The three items without which no invoice gets a number: the counter, the header with its lists, the number. */
const threeItems = (table: Table, draft: InvoiceHeader, nth: number): TransactWriteCommand => {
  const counter = 1_001 + nth;
  const number = `INV-${counter}`;
  const given = { status: 'open', number, counter, run: 1, version: 2, revision: 2, documentVersion: 1 };
  const header = itemOf({ ...draft, ...given } as InvoiceHeader);
  const TableName = table.name;
  const last = { run: 1, liveFinalized: nth + 1, last: { counter, number }, revision: nth + 1 };
  const issued = { run: 1, counter, number, invoiceId: draft.id, status: 'issued' };
  const write = (Item: object, revision: number) => ({ Put: { TableName, Item, ...atRevision(revision) } });
  return new TransactWriteCommand({
    TransactItems: [
      write({ ...counterKey(accountId), revision: nth + 1, data: last }, nth),
      write(header, 1),
      write({ ...numberKey(accountId, 1, counter), revision: 1, data: issued }, 0),
    ],
  });
};

/** One client that finalizes drafts by the least transaction, in a table of the same definition. */
export const rawFinalizing = async (table: Table, most: number): Promise<RawFinalizing> => {
  const today = new Date().toISOString().slice(0, 10);
  const drafts = headersOf({ accountId, count: most, shards: 1, today, seed: 5 }).map((header) => {
    const {
      number: _number,
      counter: _counter,
      run: _run,
      ...draft
    } = header as InvoiceHeader & { run: number };
    return { ...draft, status: 'draft' } as InvoiceHeader;
  });
  await writeHeaders(table, drafts);
  let done = 0;
  return {
    run: async (count) => {
      const milliseconds: number[] = [];
      for (let index = 0; index < count; index++) {
        const draft = drafts[done];
        if (draft === undefined) throw new Error('no raw draft is left');
        const command = threeItems(table, draft, done);
        const started = performance.now();
        await table.client.send(command);
        milliseconds.push(performance.now() - started);
        done += 1;
      }
      return milliseconds;
    },
  };
};

/** Goes through all invoices of an account, by pages of 1 MB unless told: how many, in how long. */
export const rawPaging = async (
  { client, name }: Table,
  ofAccount: string,
  Limit?: number,
): Promise<{ items: number; milliseconds: number }> => {
  const { pk } = indexAttributes('byCreation');
  let items = 0;
  let ExclusiveStartKey: Record<string, unknown> | undefined;
  const started = performance.now();
  do {
    const page = await client.send(
      new QueryCommand({
        ...{ TableName: name, IndexName: 'byCreation', ExclusiveStartKey, Limit },
        KeyConditionExpression: '#pk = :pk',
        ExpressionAttributeNames: { '#pk': pk },
        ExpressionAttributeValues: { ':pk': listPartition(ofAccount, 'I', undefined, 0) },
      }),
    );
    items += page.Items?.length ?? 0;
    ExclusiveStartKey = page.LastEvaluatedKey;
  } while (ExclusiveStartKey !== undefined);
  return { items, milliseconds: performance.now() - started };
};

/**
 * What `run` does, and how many items a second raw paging reads at best: by whole pages before it, by pages as large as the
 * program's after it. The faster counts, since a limit that the program beats is none.
 */
export const besidePaging = async <T>(
  table: Table,
  ofAccount: string,
  run: () => Promise<T>,
): Promise<{ result: T; limit: number }> => {
  const whole = await rawPaging(table, ofAccount);
  const result = await run();
  const small = await rawPaging(table, ofAccount, 500);
  const rates = [whole, small].map(({ items, milliseconds }) => (1_000 * items) / milliseconds);
  return { result, limit: Math.max(...rates) };
};
