import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { table } from '#functions/wiring/table.ts';
import { historyOf, readStreamRecord } from '#lib/data/stream.ts';
import { onStream } from './batch.ts';

/**
 * Keeps the history of all that changes. An entry's key is the change's id and the item's part in it: a record that
 * comes twice writes the same again, and the order of records does not matter (HIST-3).
 */
export const handler = onStream('record-history', async (record) => {
  const { client, name } = table();
  const items = historyOf(readStreamRecord(record));
  await Promise.all(items.map((item) => client.send(new PutCommand({ TableName: name, Item: item }))));
});
