import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { takenKey } from './keys.ts';
import { queryPage, type Table } from './table.ts';

/**
 * What the exports of a schedule took, number by number, and as which document version: by it a later run sees what
 * changed since (EXP-8). A step of an export may be run twice, at once too, and the later run is another export: of one
 * export the oldest version counts, so that a change can be told once too often, and never too seldom.
 */

export type Place = { run: number; counter: number };
export type TakenNumber = Place & {
  invoiceId: string;
  /** False where the number was passed over: voided by then, or not of the filter. */
  taken: boolean;
  documentVersion: number;
};

/** The version of what is deleted. */
export const goneVersion = 999_999_999;

const stored = z.object({
  run: z.number(),
  counter: z.number(),
  invoiceId: z.string(),
  taken: z.boolean(),
  exportId: z.string(),
  documentVersion: z.number(),
  /** The change of it that an export told of. */
  namedBy: z.string().optional(),
  namedVersion: z.number().optional(),
});
export type StoredTaken = z.infer<typeof stored>;

const unlessRefused = async (write: Promise<unknown>): Promise<void> => {
  await write.catch((error) => {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
  });
};

const atOnce = 25;
const inPieces = async <T>(all: readonly T[], write: (one: T) => Promise<void>): Promise<void> => {
  for (let first = 0; first < all.length; first += atOnce)
    await Promise.all(all.slice(first, first + atOnce).map(write));
};

type Ids = { accountId: string; scheduleId: string; exportId: string };

/** Notes the numbers that an export went through. */
export const noteTaken = (
  table: Table,
  { accountId, scheduleId, exportId }: Ids,
  numbers: readonly TakenNumber[],
): Promise<void> =>
  inPieces(numbers, (number) =>
    unlessRefused(
      table.client.send(
        new PutCommand({
          TableName: table.name,
          Item: { ...takenKey(accountId, scheduleId, number), ...number, exportId },
          ConditionExpression:
            'attribute_not_exists(pk) OR exportId < :export OR (exportId = :export AND documentVersion > :version)',
          ExpressionAttributeValues: { ':export': exportId, ':version': number.documentVersion },
        }),
      ),
    ),
  );

/** Notes the changes that an export tells of. */
export const noteNamed = (
  table: Table,
  { accountId, scheduleId, exportId }: Ids,
  changed: readonly (Place & { documentVersion: number })[],
): Promise<void> =>
  inPieces(changed, (number) =>
    unlessRefused(
      table.client.send(
        new UpdateCommand({
          TableName: table.name,
          Key: takenKey(accountId, scheduleId, number),
          UpdateExpression: 'SET namedBy = :export, namedVersion = :version',
          ConditionExpression:
            'attribute_exists(pk) AND (attribute_not_exists(namedBy) OR namedBy < :export OR (namedBy = :export AND namedVersion > :version))',
          ExpressionAttributeValues: { ':export': exportId, ':version': number.documentVersion },
        }),
      ),
    ),
  );

/** One page of what a schedule's exports went through, up to `until`, in the order of the numbers. */
export const readTaken = async (
  table: Table,
  { accountId, scheduleId }: Pick<Ids, 'accountId' | 'scheduleId'>,
  page: { after: string | undefined; until: Place; limit: number },
): Promise<{ numbers: StoredTaken[]; next: string | undefined }> => {
  const { pk, sk: until } = takenKey(accountId, scheduleId, page.until);
  const { items, more } = await queryPage(table, { pk, after: page.after, until, limit: page.limit });
  return { numbers: items.map((item) => stored.parse(item)), next: more ? items.at(-1)?.sk : undefined };
};
