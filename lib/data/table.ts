import { DynamoDBClient, type DynamoDBClientConfig } from '@aws-sdk/client-dynamodb';
import {
  BatchGetCommand,
  DynamoDBDocumentClient,
  GetCommand,
  QueryCommand,
  type QueryCommandInput,
} from '@aws-sdk/lib-dynamodb';
import type { Key } from './keys.ts';

/** An item as it lies in the table. */
export type Item = Key & Record<string, unknown>;

/** The one table. */
export type Table = { name: string; client: DynamoDBDocumentClient };

/** A document client that leaves out what is undefined and gives numbers as numbers. */
export const tableAt = (name: string, config: DynamoDBClientConfig = {}): Table => ({
  name,
  client: DynamoDBDocumentClient.from(new DynamoDBClient(config), {
    marshallOptions: { removeUndefinedValues: true },
  }),
});

/** One item as it is now (a strongly consistent read), or undefined. */
export const getItem = async (table: Table, key: Key): Promise<Item | undefined> => {
  const { Item: item } = await table.client.send(
    new GetCommand({ TableName: table.name, Key: key, ConsistentRead: true }),
  );
  return item as Item | undefined;
};

/** Several items as they are now, in no order; those that don't exist are left out. */
export const getItems = async (table: Table, keys: readonly Key[]): Promise<Item[]> => {
  const found: Item[] = [];
  let wanted: Key[] = [...keys];
  while (wanted.length > 0) {
    const answer = await table.client.send(
      new BatchGetCommand({
        RequestItems: { [table.name]: { Keys: wanted.slice(0, 100), ConsistentRead: true } },
      }),
    );
    found.push(...((answer.Responses?.[table.name] ?? []) as Item[]));
    const unprocessed = (answer.UnprocessedKeys?.[table.name]?.Keys ?? []) as Key[];
    wanted = [...unprocessed, ...wanted.slice(100)];
  }
  return found;
};

type Range = {
  pk: string;
  index?: { name: string; pk: string; sk: string };
  /** Only sort keys that begin so. */
  prefix?: string;
  /** Only sort keys beyond this one, in the direction of reading. */
  after?: string | undefined;
  /** Only sort keys up to this one. */
  until?: string;
  descending?: boolean;
  limit?: number;
  consistent?: boolean;
};

/** U+10FFFF, after every key that begins with a prefix. */
const beyond = '\u{10ffff}';

const bounds = ({ prefix = '', until, after, descending = false }: Range): { low: string; high: string } => ({
  low: !descending && after !== undefined ? `${after}\u0000` : prefix === '' ? '\u0000' : prefix,
  high: descending && after !== undefined ? after : (until ?? `${prefix}${beyond}`),
});

/**
 * One page of a partition in the order of its sort keys: `limit` items at most, or 1 MB. `more` tells whether there
 * may be others. The position to go on from is the last item's sort key.
 */
export const queryPage = async (table: Table, range: Range): Promise<{ items: Item[]; more: boolean }> => {
  const { pk, sk } = range.index ?? { pk: 'pk', sk: 'sk' };
  const { low, high } = bounds(range);
  // Past the end that was asked for: the database refuses a range that is none.
  if (range.until !== undefined && low > high) return { items: [], more: false };
  const input: QueryCommandInput = {
    TableName: table.name,
    IndexName: range.index?.name,
    KeyConditionExpression: '#pk = :pk AND #sk BETWEEN :low AND :high',
    ExpressionAttributeNames: { '#pk': pk, '#sk': sk },
    ExpressionAttributeValues: { ':pk': range.pk, ':low': low, ':high': high },
    ScanIndexForward: !range.descending,
    // BETWEEN includes its ends: descending from a position reads that item again, and leaves it out below.
    Limit:
      range.limit === undefined
        ? undefined
        : range.limit + (range.descending && range.after !== undefined ? 1 : 0),
    ConsistentRead: range.index === undefined ? (range.consistent ?? true) : undefined,
  };
  const answer = await table.client.send(new QueryCommand(input));
  const found = ((answer.Items ?? []) as Item[]).filter((item) => item[sk] !== range.after);
  const items = found.slice(0, range.limit);
  // Where the item of the position has gone meanwhile, one more was read than is wanted.
  return { items, more: answer.LastEvaluatedKey !== undefined || found.length > items.length };
};

/** The items of a partition, or of a part of it, read page by page as they are asked for. */
export async function* queryEach(table: Table, range: Omit<Range, 'after'>): AsyncGenerator<Item> {
  const sk = range.index?.sk ?? 'sk';
  let after: string | undefined;
  for (;;) {
    const { items, more } = await queryPage(table, { ...range, after });
    yield* items;
    if (!more) return;
    after = (items.at(-1)?.[sk] as string | undefined) ?? after;
  }
}

/** A whole partition, or a prefix of it: only where its size is bounded by a rule. */
export const queryAll = async (table: Table, range: Omit<Range, 'limit' | 'after'>): Promise<Item[]> => {
  const all: Item[] = [];
  for await (const item of queryEach(table, range)) all.push(item);
  return all;
};
