import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  DeleteCommand,
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  type TransactWriteCommandInput,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { outsideFunctions } from '#infra/local/recorded-calls.ts';
import { createTable } from '#infra/local/resources.ts';
import type { Key } from '#lib/data/keys.ts';
import type { Item } from '#lib/data/table.ts';

/**
 * DynamoDB Local tells too little of a transaction with conditions: about one write of it. Each of its writes is done
 * once more by itself, on a second table with the same items before, and counts twice, as AWS counts a transaction.
 * A condition on an item that is not written counts as two reads of it.
 */
type Write = NonNullable<TransactWriteCommandInput['TransactItems']>[number];
export type Replay = () => Promise<{ read: number; write: number }>;
type Consumed = { ConsumedCapacity?: { CapacityUnits?: number | undefined } | undefined };

const keyOf = ({ Put, Update, Delete, ConditionCheck }: Write): Key => {
  const { pk, sk } = { ...(Put?.Item ?? (Update ?? Delete ?? ConditionCheck)?.Key) } as Key;
  return { pk, sk };
};

const documents = () =>
  DynamoDBDocumentClient.from(new DynamoDBClient({}), { marshallOptions: { removeUndefinedValues: true } });

let twin: Promise<string> | undefined;
const twinOf = (name: string): Promise<string> => {
  twin ??= createTable(new DynamoDBClient({}), `${name}-twin`).then(() => `${name}-twin`);
  return twin;
};

const noteItems = async (name: string, writes: readonly Write[]): Promise<Replay> => {
  const client = documents();
  const TableName = await twinOf(name);
  const before = await Promise.all(
    writes.map((write) =>
      client.send(new GetCommand({ TableName: name, Key: keyOf(write), ConsistentRead: true })),
    ),
  );
  const same = { TableName, ReturnConsumedCapacity: 'TOTAL' } as const;
  const replay = ({ Put, Update, Delete, ConditionCheck }: Write): Promise<Consumed> => {
    if (Put) return client.send(new PutCommand({ ...Put, ...same }));
    if (Update) return client.send(new UpdateCommand({ ...Update, ...same } as typeof Update));
    if (Delete) return client.send(new DeleteCommand({ ...Delete, ...same }));
    return client.send(new GetCommand({ ...same, Key: ConditionCheck?.Key, ConsistentRead: true }));
  };
  return async () => {
    const sum = { read: 0, write: 0 };
    for (const [index, write] of writes.entries()) {
      const standing = before[index]?.Item as Item | undefined;
      if (standing === undefined) await client.send(new DeleteCommand({ TableName, Key: keyOf(write) }));
      else await client.send(new PutCommand({ TableName, Item: standing }));
      const { ConsumedCapacity } = await replay(write);
      sum[write.ConditionCheck ? 'read' : 'write'] += 2 * (ConsumedCapacity?.CapacityUnits ?? 0);
    }
    return sum;
  };
};

/** Notes what the items are before a transaction; what it gives replays the writes, once they are done. */
export const beforeTransaction = async (name: string, writes: readonly Write[]): Promise<Replay> => {
  const replay = await outsideFunctions(() => noteItems(name, writes));
  return () => outsideFunctions(replay);
};
