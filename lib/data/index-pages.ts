import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { type InvoiceHeader, storedHeader } from '#lib/domain/invoice/invoice.ts';
import { type IndexName, indexAttributes, listPartition } from './indexes.ts';
import type { Table } from './table.ts';

/** Invoices as an index holds them, read in pieces between two places. */

/** Where to go on within one reading. */
export type StartKey = Record<string, unknown>;
export type IndexRange = {
  accountId: string;
  index: IndexName;
  /** Value that the index pins; none for the orders of the whole account. */
  value?: string | undefined;
  shard: number;
  /** Sort keys from here to there, both included. */
  low: string;
  high: string;
  descending: boolean;
  limit: number;
  startKey?: StartKey | undefined;
  /** Whether to ask what the reading cost. */
  measured: boolean;
};
/** `capacity` is in read capacity units; 0 where it was not asked for. */
export type IndexPage = {
  entries: { place: string; header: InvoiceHeader }[];
  next: StartKey | undefined;
  capacity: number;
};

/** At most `limit` invoices of one shard's partition, or 1 MB; `next` is there if there may be more. */
export const readIndexPage = async (table: Table, range: IndexRange): Promise<IndexPage> => {
  const { accountId, index, value, shard, low, high, descending, limit, startKey, measured } = range;
  const { pk, sk } = indexAttributes(index);
  const answer = await table.client.send(
    new QueryCommand({
      TableName: table.name,
      IndexName: index,
      KeyConditionExpression: '#pk = :pk AND #sk BETWEEN :low AND :high',
      ExpressionAttributeNames: { '#pk': pk, '#sk': sk },
      ExpressionAttributeValues: {
        ':pk': listPartition(accountId, 'I', value, shard),
        ':low': low,
        ':high': high,
      },
      ScanIndexForward: !descending,
      Limit: limit,
      ExclusiveStartKey: startKey,
      ReturnConsumedCapacity: measured ? 'INDEXES' : 'NONE',
    }),
  );
  return {
    entries: (answer.Items ?? []).map((item) => ({
      place: item[sk] as string,
      header: storedHeader.parse(item.data),
    })),
    next: answer.LastEvaluatedKey,
    capacity: answer.ConsumedCapacity?.CapacityUnits ?? 0,
  };
};
