import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { vi } from 'vitest';
import { table } from '#functions/wiring/table.ts';
import { handlerOf } from '#infra/local/handler-of.ts';
import { lambdaContext } from '#infra/local/lambda-context.ts';
import { outsideFunctions } from '#infra/local/recorded-calls.ts';
import { LOCAL_STRIPE, type LocalStripe, startStripe } from '#infra/local/stripe.ts';
import { type LocalSession, type StripeEvent, signedMessage } from '#infra/local/stripe-state.ts';
import { dueSessions } from '#lib/data/keys.ts';
import type { Client } from './account.ts';
import type { Answer } from './service.ts';

/** A payment provider that a test scripts, for the handlers of its own process: nothing is told but by the test. */

type Meddling = (method: string, path: string) => Promise<'down' | 'lost' | undefined>;

export type ScriptedProvider = {
  /** Sessions by their id there. */
  stripe: LocalStripe;
  /** What happened there and was not delivered yet, in order. */
  events: StripeEvent[];
  /** Comes between every call of the service and what the provider makes of it. */
  meddle: (meddling: Meddling | undefined) => void;
  /** Delivers a message, signed. */
  deliver: (event: StripeEvent) => Promise<Answer>;
  stop: () => Promise<void>;
};

export const startProvider = async (client: Client): Promise<ScriptedProvider> => {
  const events: StripeEvent[] = [];
  let meddling: Meddling | undefined;
  const stripe = await startStripe({
    port: 0,
    dataDir: undefined,
    onEvent: (event) => void events.push(event),
    meddle: async (method, path) => meddling?.(method, path),
  });
  process.env.STRIPE_API_URL = stripe.endpoint;
  return {
    ...{ stripe, events },
    meddle: (next) => {
      meddling = next;
    },
    deliver: (event) => {
      const { body, signature } = signedMessage(event, LOCAL_STRIPE.webhookSecrets[0]);
      const headers = { 'content-type': 'application/json', 'stripe-signature': signature };
      return client.post('/webhooks/stripe', undefined, { raw: body, headers });
    },
    stop: stripe.stop,
  };
};

/** The sessions that the provider has of an invoice. */
export const sessionsOf = ({ stripe }: ScriptedProvider, invoiceId: string): LocalSession[] =>
  stripe.state.list().filter(({ metadata }) => metadata.quittance_invoice === invoiceId);

/** The provider takes the money of a session that it said was over: it should not, and money is money. */
export const payAnyway = ({ events }: ScriptedProvider, session: LocalSession): void => {
  Object.assign(session, { status: 'complete', money: 'paid' });
  const object = { id: session.id, metadata: session.metadata };
  events.push({ type: 'checkout.session.completed', account: session.account, object });
};

/** Runs the sweeper at a time when all sessions of now are due. */
export const sweepLater = async (minutes = 40): Promise<void> => {
  // Read when it is needed: a handler reads the environment that the service of this process has by then.
  const sweep = await handlerOf('#functions/workers/sweep-sessions.ts');
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + minutes * 60_000 });
  try {
    await sweep({}, lambdaContext('sweep-sessions', 60_000));
  } finally {
    vi.useRealTimers();
  }
};

/** How many sessions wait for the sweeper. */
export const sessionsWaiting = async (): Promise<number> => {
  const { client, name } = table();
  const { Count = 0 } = await client.send(
    new QueryCommand({
      TableName: name,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': dueSessions },
    }),
  );
  return Count;
};

/** Puts something right before the n-th transaction (from 1) that a run sends; what it does itself does not count. */
export const atWrite = async <T>(
  nth: number,
  meanwhile: () => Promise<unknown>,
  run: () => Promise<T>,
): Promise<T> => {
  const { middlewareStack } = table().client;
  let writes = 0;
  let inside = false;
  middlewareStack.add(
    (next, context) => async (args) => {
      if (context.commandName !== 'TransactWriteItemsCommand' || inside) return next(args);
      writes += 1;
      if (writes === nth) {
        inside = true;
        await outsideFunctions(meanwhile);
        inside = false;
      }
      return next(args);
    },
    { step: 'initialize', name: 'atWrite', override: true },
  );
  try {
    return await run();
  } finally {
    middlewareStack.remove('atWrite');
  }
};
