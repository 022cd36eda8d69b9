import { S3Client } from '@aws-sdk/client-s3';
import { SESClient } from '@aws-sdk/client-ses';
import { SQSClient } from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

/**
 * Crashes of a function, at each of its calls to AWS: right before the call, and right after it took effect, before its
 * answer was seen. A function that has crashed makes no further call: it is dead.
 */
export type Moment = 'before' | 'after';

export class Crash extends Error {
  override readonly name = 'Crash';
}

type Plan = { at: number; moment: Moment };
type Watch = { calls: string[]; plan: Plan | undefined; dead: boolean; running: Set<Promise<unknown>> };
let watch: Watch | undefined;

const meet = async (name: string, go: () => Promise<unknown>): Promise<unknown> => {
  if (watch === undefined) return go();
  const { plan, running } = watch;
  if (watch.dead) throw new Crash('dead');
  watch.calls.push(name);
  const isLast = watch.calls.length === plan?.at;
  if (isLast && plan?.moment === 'before') {
    watch.dead = true;
    throw new Crash(`before ${name}`);
  }
  const call = go();
  running.add(call);
  const settled = call.finally(() => running.delete(call));
  if (!isLast) return settled;
  watch.dead = true;
  await settled;
  throw new Crash(`after ${name}`);
};

type Send = (command: object, ...more: unknown[]) => Promise<unknown>;
/** Every call goes through a client's `send`. */
for (const { prototype } of [DynamoDBDocumentClient, S3Client, SQSClient, SESClient]) {
  const client = prototype as unknown as { send: Send };
  const { send } = client;
  client.send = function (this: unknown, command, ...more) {
    return meet(command.constructor.name, () => send.call(this, command, ...more));
  };
}

const watched = async (run: () => Promise<unknown>, plan?: Plan): Promise<string[]> => {
  const mine: Watch = { calls: [], plan, dead: false, running: new Set() };
  watch = mine;
  try {
    await run().catch((error) => {
      if (!(error instanceof Crash)) throw error;
    });
    // What was sent before the crash takes effect, as a request that is on its way does.
    await Promise.allSettled(mine.running);
  } finally {
    watch = undefined;
  }
  return mine.calls;
};

/** The calls that a run makes to AWS, by the names of their commands. */
export const callsOf = (run: () => Promise<unknown>): Promise<string[]> => watched(run);

/**
 * Runs an action from a fresh state for each of its calls and both moments, crashing there, and then looks at what
 * became of it. Answers how many crashes there were.
 * @throws Error that names the crash after which `check` failed
 */
export const atEveryCall = async <State>(
  prepare: () => Promise<State>,
  run: (state: State) => Promise<unknown>,
  check: (state: State) => Promise<void>,
): Promise<number> => {
  const first = await prepare();
  const calls = await callsOf(() => run(first));
  await check(first);
  for (let at = 1; at <= calls.length; at++) {
    for (const moment of ['before', 'after'] as const) {
      const state = await prepare();
      await watched(() => run(state), { at, moment });
      await check(state).catch((error) => {
        throw new Error(`crashed ${moment} call ${at} of ${calls.join(', ')}: ${String(error?.message)}`, {
          cause: error,
        });
      });
    }
  }
  return 2 * calls.length;
};
