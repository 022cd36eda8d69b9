import { setTimeout as sleep } from 'node:timers/promises';
import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { turnsKey } from './keys.ts';
import { getItem, type Table } from './table.ts';
import { Stale } from './transaction.ts';

/**
 * Turns at an account's counter: whoever met another one there takes a ticket, and waits until those before are served.
 * Numbers are right without them, by the counter's own condition; turns spare the many writes that it would refuse, and
 * nobody waits longer than who came later.
 */
export type Turns = { given: number; served: number };

/** Turns that were given so far, and how many of them are over. Nobody waits where no turn was ever given. */
export const readTurns = async (table: Table, accountId: string): Promise<Turns> => {
  const item = await getItem(table, turnsKey(accountId));
  return { given: Number(item?.given ?? 0), served: Number(item?.served ?? 0) };
};

export const isAnyoneWaiting = ({ given, served }: Turns): boolean => given > served;

const takeTicket = async ({ client, name }: Table, accountId: string): Promise<Turns> => {
  const { Attributes } = await client.send(
    new UpdateCommand({
      ...{ TableName: name, Key: turnsKey(accountId), ReturnValues: 'ALL_NEW' },
      UpdateExpression: 'SET served = if_not_exists(served, :none) ADD given :one',
      ExpressionAttributeValues: { ':none': 0, ':one': 1 },
    }),
  );
  return { given: Number(Attributes?.given), served: Number(Attributes?.served) };
};

/** All tickets up to this one are over. */
const serve = async ({ client, name }: Table, accountId: string, ticket: number): Promise<void> => {
  try {
    await client.send(
      new UpdateCommand({
        ...{ TableName: name, Key: turnsKey(accountId) },
        UpdateExpression: 'SET served = :ticket',
        ConditionExpression: 'served < :ticket',
        ExpressionAttributeValues: { ':ticket': ticket },
      }),
    );
  } catch (error) {
    // Others took it for dead, and went on.
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
  }
};

/** Who has had the turn for so long is dead, or as good as that: the next one goes on. In milliseconds. */
const longestTurn = 2_000;
/** How often the next one looks whether its turn has come, and what a turn takes at least, in milliseconds. */
const shortestPause = 10;
const shortestTurn = 40;

export type Turn = { end: () => Promise<void> };

/**
 * Takes a ticket, and resolves when its turn has come.
 * @param deadline milliseconds since 1970
 * @throws Stale where it does not come in time
 */
export const awaitTurn = async (table: Table, accountId: string, deadline: number): Promise<Turn> => {
  const { given: ticket, served } = await takeTicket(table, accountId);
  const turn = { end: () => serve(table, accountId, ticket) };
  let seen = { served, at: Date.now() };
  while (seen.served < ticket - 1) {
    const before = ticket - 1 - seen.served;
    const pause = Math.max(shortestPause, shortestTurn * (before - 1));
    if (Date.now() + pause >= deadline) throw new Stale('no turn in time');
    await sleep(pause);
    const { served: now } = await readTurns(table, accountId);
    if (now > seen.served) seen = { served: now, at: Date.now() };
    else if (Date.now() - seen.at > longestTurn) await serve(table, accountId, now + 1);
  }
  return turn;
};
