import { setTimeout as sleep } from 'node:timers/promises';
import {
  ConditionalCheckFailedException,
  TransactionCanceledException,
  TransactionConflictException,
} from '@aws-sdk/client-dynamodb';
import { PutCommand, TransactWriteCommand, type TransactWriteCommandInput } from '@aws-sdk/lib-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { Change } from '#lib/domain/change.ts';
import type { Item, Table } from './table.ts';

type TransactItem = NonNullable<TransactWriteCommandInput['TransactItems']>[number];

/** Somebody else wrote what this write was decided on: read again, decide again. */
export class Stale extends Error {
  override readonly name: string = 'Stale';
}

/** A condition in the database's words, put together from named parts. */
export type Condition = {
  expression: string;
  names?: Record<string, string>;
  values?: Record<string, unknown>;
};
/** There is no such item yet. */
export const absent: Condition = { expression: 'attribute_not_exists(pk)' };
/** There is such an item. */
export const exists: Condition = { expression: 'attribute_exists(pk)' };
/** The item is the one that was read. */
export const atRevision = (revision: number): Condition => ({
  expression: '#revision = :revision',
  names: { '#revision': 'revision' },
  values: { ':revision': revision },
});

/** Says in the domain's words why the database refused a write; gets the item that stood in the way. */
type WhenRefused = (standing: Item | undefined) => Error;
const stale: WhenRefused = (standing) => new Stale(`revision ${standing?.revision ?? 'gone'}`);

const conditionOf = (condition: Condition | undefined) =>
  condition && {
    ConditionExpression: condition.expression,
    ExpressionAttributeNames: condition.names,
    ExpressionAttributeValues: condition.values,
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD' as const,
  };

/** The history entry that an item of a transaction makes a part of. */
const entryOf = ({ partOf, subject, change }: Item): string | undefined => {
  if (typeof partOf === 'string') return partOf;
  const stamp = change as Change | undefined;
  return stamp === undefined || subject === undefined ? undefined : `${subject} ${stamp.id}`;
};

/** Writes on each item how many its change has, so that a reader of the history knows when an entry is whole. */
const tellParts = (items: readonly Item[]): void => {
  for (const parts of Map.groupBy(items, entryOf).values())
    for (const item of parts) if (entryOf(item) !== undefined) item.changeParts = parts.length;
};

/** Writes that happen together or not at all, at most 100, each with its condition and the words for its refusal. */
export class Transaction {
  readonly #table: Table;
  readonly #writes: { item: TransactItem; whenRefused: WhenRefused }[] = [];

  constructor(table: Table) {
    this.#table = table;
  }

  get size(): number {
    return this.#writes.length;
  }

  put(item: Item, condition?: Condition, whenRefused: WhenRefused = stale): this {
    return this.#add(
      { Put: { TableName: this.#table.name, Item: item, ...conditionOf(condition) } },
      whenRefused,
    );
  }

  delete(key: { pk: string; sk: string }, condition?: Condition, whenRefused: WhenRefused = stale): this {
    const { pk, sk } = key;
    return this.#add(
      { Delete: { TableName: this.#table.name, Key: { pk, sk }, ...conditionOf(condition) } },
      whenRefused,
    );
  }

  check(key: { pk: string; sk: string }, condition: Condition, whenRefused: WhenRefused = stale): this {
    const { pk, sk } = key;
    const { ConditionExpression, ...rest } = conditionOf(condition) as NonNullable<
      ReturnType<typeof conditionOf>
    >;
    return this.#add(
      { ConditionCheck: { TableName: this.#table.name, Key: { pk, sk }, ConditionExpression, ...rest } },
      whenRefused,
    );
  }

  #add(item: TransactItem, whenRefused: WhenRefused): this {
    this.#writes.push({ item, whenRefused });
    return this;
  }

  /**
   * Writes all, or nothing. The SDK sends a token along, so that its own repeats of a lost answer write once.
   * @throws what the refused write's `whenRefused` gives: the first that is Stale, else the first; Stale where another
   *   transaction was at one of the items
   */
  async commit(): Promise<void> {
    tellParts(
      this.#writes.flatMap(({ item }) => (item.Put?.Item === undefined ? [] : [item.Put.Item as Item])),
    );
    try {
      await this.#table.client.send(
        new TransactWriteCommand({ TransactItems: this.#writes.map(({ item }) => item) }),
      );
    } catch (error) {
      throw error instanceof TransactionCanceledException ? this.#explain(error) : error;
    }
  }

  /**
   * Puts one item after the other, each by itself under its condition, for half of what a transaction costs. For notes
   * that any part of may be left out: a repeat of a lost answer is refused by what it wrote itself.
   * @throws what the first refused put's `whenRefused` gives; Stale where a transaction was at its item
   */
  async commitEach(): Promise<void> {
    for (const { item, whenRefused } of this.#writes) {
      if (item.Put === undefined) throw new Error('only puts are written one by one');
      try {
        await this.#table.client.send(new PutCommand(item.Put));
      } catch (error) {
        if (error instanceof TransactionConflictException) throw new Stale('contended', { cause: error });
        if (!(error instanceof ConditionalCheckFailedException)) throw error;
        throw whenRefused(error.Item && (unmarshall(error.Item) as Item));
      }
    }
  }

  #explain(error: TransactionCanceledException): Error {
    const reasons = error.CancellationReasons ?? [];
    const refused = reasons.flatMap(({ Code, Item: standing }, index) =>
      Code === 'ConditionalCheckFailed' && this.#writes[index] !== undefined
        ? [this.#writes[index].whenRefused(standing && (unmarshall(standing) as Item))]
        : [],
    );
    // What was decided on old facts is decided anew: all else that stood in the way may follow from them.
    const explained = refused.find((one) => one instanceof Stale) ?? refused[0];
    if (explained !== undefined) {
      explained.cause ??= error;
      return explained;
    }
    const passing = ['TransactionConflict', 'ThrottlingError', 'ProvisionedThroughputExceeded'];
    return reasons.some(({ Code }) => passing.includes(Code ?? ''))
      ? new Stale('contended', { cause: error })
      : error;
  }
}

/** Whether a write was made: false where somebody else was faster, for those who leave it at that. */
export const wasWritten = async (write: Promise<unknown>): Promise<boolean> => {
  try {
    await write;
    return true;
  } catch (error) {
    if (error instanceof Stale) return false;
    throw error;
  }
};

/** How long an action may go on trying: what it begins is to be done by `deadline` (milliseconds since 1970). */
export type Patience = { deadline: number };

/**
 * A pause is at most so many times what an attempt takes: that leaves sixty-four at once on one item room, and the item
 * not idle once few of them are left.
 */
const attemptsApart = 32;
/** However slow an attempt is, in milliseconds. */
const longestPause = 2_000;

/**
 * Decides and writes, again and again while others write in between, with full jitter. No attempt begins that would not
 * be done in time, were it as slow as the slowest so far: one that is cut off leaves nobody knowing what it did.
 * @throws Stale when the patience is at its end; whatever else `attempt` throws, at once
 */
export const untilWritten = async <T>(attempt: () => Promise<T>, { deadline }: Patience): Promise<T> => {
  let slowest = 0;
  for (let tries = 0; ; tries++) {
    const begun = Date.now();
    try {
      return await attempt();
    } catch (error) {
      const took = Date.now() - begun;
      slowest = Math.max(slowest, took);
      const left = deadline - slowest - Date.now();
      if (!(error instanceof Stale) || left <= 0) throw error;
      const longest = Math.min(longestPause, Math.max(10, attemptsApart * took));
      await sleep(Math.min(left, Math.random() * Math.min(longest, 10 * 2 ** Math.min(tries, 10))));
    }
  }
};
