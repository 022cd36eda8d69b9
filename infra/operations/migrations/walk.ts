import { setTimeout as sleep } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { ConditionalCheckFailedException, TransactionConflictException } from '@aws-sdk/client-dynamodb';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { accountsAfter } from '#lib/data/accounts.ts';
import type { Key } from '#lib/data/keys.ts';
import { getItem, type Item, type Table } from '#lib/data/table.ts';

/** How items that are there already come to lie as the code writes them now, while the service goes on writing. */
export type Migration = {
  /** Keys of one page of an account's items, in an order that does not change; `next` is where the next one begins. */
  page: (
    table: Table,
    accountId: string,
    after: string | undefined,
  ) => Promise<{ keys: readonly Key[]; next: string | undefined }>;
  /** The item as it should lie there, with its revision and stamp as they are; undefined where it does already. */
  rewrite: (item: Item) => Item | undefined;
};

export type Position = { accountId: string; after?: string | undefined };
/** What a page came to, and where to go on after it; undefined at the end. */
export type Progress = { read: number; rewritten: number; next: Position | undefined };
export type Walk = {
  /** The start, unless given. */
  from?: Position | undefined;
  /** Items a second, at most. */
  perSecond: number;
  pause?: (milliseconds: number) => Promise<unknown>;
};

const mostTries = 20;

/**
 * Rewrites one item under the condition that its revision is the one that was read. The revision stays, so that whoever
 * read the item before writes after: what he writes is of the new form too. A stamp that stays makes no history.
 */
const rewriteItem = async (
  table: Table,
  { rewrite }: Migration,
  { pk, sk }: Key,
  pause: NonNullable<Walk['pause']>,
): Promise<boolean> => {
  for (let tries = 1; ; tries++) {
    const item = await getItem(table, { pk, sk });
    const next = item && rewrite(item);
    if (item === undefined || next === undefined) return false;
    const { revision } = item;
    if (typeof revision !== 'number') throw new Error(`${pk} ${sk} has no revision to hold on to`);
    if (next.revision !== revision || !isDeepStrictEqual(next.change, item.change))
      throw new Error(`${pk} ${sk}: a migration keeps the revision and the stamp`);
    try {
      await table.client.send(
        new PutCommand({
          ...{ TableName: table.name, Item: { ...next, pk, sk } },
          ConditionExpression: '#revision = :revision',
          ExpressionAttributeNames: { '#revision': 'revision' },
          ExpressionAttributeValues: { ':revision': revision },
        }),
      );
      return true;
    } catch (error) {
      const isBusy =
        error instanceof ConditionalCheckFailedException || error instanceof TransactionConflictException;
      if (!isBusy || tries === mostTries) throw error;
      await pause(Math.random() * 20 * tries);
    }
  }
};

/** The account to go on with, and how far it was gone through. */
const following = async (table: Table, accountId: string | undefined): Promise<Position | undefined> => {
  const [next] = await accountsAfter(table, accountId, 1);
  return next === undefined ? undefined : { accountId: next };
};

/**
 * Goes through all accounts, page by page. It may stop after any page and go on from there another time; to go through
 * a page twice changes nothing.
 */
export async function* walk(table: Table, migration: Migration, options: Walk): AsyncGenerator<Progress> {
  const { from, perSecond, pause = sleep } = options;
  let at = from ?? (await following(table, undefined));
  while (at !== undefined) {
    const { accountId, after } = at;
    const began = performance.now();
    const { keys, next } = await migration.page(table, accountId, after);
    let rewritten = 0;
    for (const key of keys) if (await rewriteItem(table, migration, key, pause)) rewritten += 1;
    at = next === undefined ? await following(table, accountId) : { accountId, after: next };
    yield { read: keys.length, rewritten, next: at };
    const left = (keys.length * 1_000) / perSecond - (performance.now() - began);
    if (left > 0) await pause(left);
  }
}

/** A position as a word that a command takes. */
export const wordOf = ({ accountId, after }: Position): string =>
  after === undefined ? accountId : `${accountId}/${Buffer.from(after).toString('base64url')}`;
export const positionOf = (word: string): Position => {
  const [accountId = '', after] = word.split('/');
  return { accountId, after: after === undefined ? undefined : Buffer.from(after, 'base64url').toString() };
};
