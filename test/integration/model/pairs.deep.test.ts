import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type OwnService, startOwnService } from '#test/support/in-process.ts';
import type { Answer as HttpAnswer } from '#test/support/service.ts';
import { entryOf, paymentOf } from './expected.ts';
import { type Answer, settle, step } from './model.ts';
import { expectAnswer, expectedInvoice, play } from './play.ts';
import type { Act, Request } from './requests.ts';
import { seenHistory, seenInvoice, seenPayment } from './seen.ts';
import { live, type State } from './state.ts';
import { startWorkers, type Workers } from './workers.ts';
import { newWorld, type World } from './world.ts';

/** Every two actions on one invoice at once: what came of it is what one of the two orders gives. */

let own: OwnService;
let workers: Workers;
beforeAll(async () => {
  own = await startOwnService();
  workers = await startWorkers(own);
});
afterAll(() => own.stop());

type Names = { invoice: string; onIt: string; loose: string };
const line = { name: 'Work', quantity: '1', unitPrice: '100' };

const acts: Record<string, (names: Names) => Act> = {
  edit: ({ invoice }) => ({
    action: 'patch',
    invoice,
    body: { lineItems: [{ ...line, unitPrice: '120' }] },
  }),
  pay: ({ invoice }) => ({ action: 'record', invoice, body: {} }),
  'pay in part': ({ invoice }) => ({ action: 'record', invoice, body: { amount: '30' } }),
  apply: ({ invoice, loose }) => ({ action: 'apply', invoice, payment: loose }),
  'take off': ({ invoice, onIt }) => ({ action: 'takeOff', invoice, payment: onIt }),
  'delete payment': ({ onIt }) => ({ action: 'deletePayment', payment: onIt }),
  void: ({ invoice }) => ({ action: 'void', invoice, reason: 'void' }),
  delete: ({ invoice }) => ({ action: 'delete', invoice, reason: 'delete' }),
  finalize: ({ invoice }) => ({ action: 'finalize', invoice }),
  clone: ({ invoice }) => ({ action: 'clone', invoice }),
  send: ({ invoice }) => ({ action: 'send', invoice }),
};
const kinds = Object.keys(acts);
const pairs = kinds.flatMap((left, index) =>
  kinds.slice(index).map((right): [string, string] => [left, right]),
);

/** What is done before the two: a draft; finalized; with a payment on it. Each with a payment that is on none. */
const beginnings: Record<string, (names: Names) => [makes: string, act: Act][]> = {
  'a draft': ({ invoice, loose }) => [
    [invoice, { action: 'create', body: { currency: 'EUR', contactId: 'c1', lineItems: [line] } }],
    [loose, { action: 'createPayment', body: { amount: '60', currency: 'EUR' } }],
  ],
  'an open invoice': (names) => [
    ...(beginnings['a draft'] as (names: Names) => [string, Act][])(names),
    ['', { action: 'finalize', invoice: names.invoice }],
  ],
  'an invoice that is paid in part': (names) => [
    ...(beginnings['an open invoice'] as (names: Names) => [string, Act][])(names),
    [names.onIt, { action: 'record', invoice: names.invoice, body: { amount: '40' } }],
  ],
};

type Outcome = { answers: Answer[]; state: State };
const inOrder = (before: State, requests: readonly Request[]): Outcome => {
  const answers: Answer[] = [];
  let state = before;
  for (const request of requests) {
    const next = step(state, request);
    answers.push(next.answer);
    state = next.state;
  }
  return { answers, state: settle(state) };
};

type Seen = { answers: HttpAnswer[]; invoices: [key: string, answer: HttpAnswer][]; rest: object };
/** What the service shows of all that the two may have changed. */
const look = async (
  world: World,
  answers: HttpAnswer[],
  keys: string[],
  payments: string[],
): Promise<Seen> => {
  const known = keys.filter((key) => world.idOf(key) !== undefined);
  const invoices = await Promise.all(
    known.map(
      async (key): Promise<[string, HttpAnswer]> => [
        key,
        await world.admin.get(`/v1/invoices/${world.idOf(key)}`),
      ],
    ),
  );
  const rest: Record<string, unknown> = {};
  for (const key of known)
    rest[`history of ${key}`] = await seenHistory(world, `/v1/invoices/${world.idOf(key)}`);
  for (const key of payments.filter((one) => world.idOf(one) !== undefined)) {
    const { status, body } = await world.admin.get(`/v1/payments/${world.idOf(key)}`);
    rest[key] = status === 404 ? undefined : seenPayment(world, body);
    rest[`history of ${key}`] = await seenHistory(world, `/v1/payments/${world.idOf(key)}`);
  }
  return { answers, invoices, rest };
};

const expectOutcome = (world: World, seen: Seen, { answers, state }: Outcome): void => {
  answers.forEach((expected, index) => {
    expectAnswer(world, seen.answers[index] as HttpAnswer, expected);
  });
  for (const [key, { status, body }] of seen.invoices) {
    const shown = status === 404 ? undefined : seenInvoice(world, body);
    expect(shown).toEqual(expectedInvoice(state, key, shown));
  }
  const expected = Object.fromEntries(
    Object.keys(seen.rest).map((name) => {
      const key = name.replace('history of ', '');
      if (name === key) {
        const payment = live(state.payments, key);
        return [name, payment && paymentOf(payment)];
      }
      const { history = [] } = state.invoices[key] ?? state.payments[key] ?? {};
      return [name, history.map(entryOf)];
    }),
  );
  expect(seen.rest).toEqual(expected);
};

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** @throws Error that tells what is wrong with either order, if neither fits */
const thatFits = (world: World, seen: Seen, outcomes: readonly Outcome[]): State => {
  const wrong: string[] = [];
  for (const outcome of outcomes) {
    try {
      expectOutcome(world, seen, outcome);
      return outcome.state;
    } catch (error) {
      wrong.push(messageOf(error));
    }
  }
  const answers = seen.answers.map(({ status, body }) => `${status} ${body?.code ?? ''}`).join(', ');
  throw new Error([answers, ...wrong].join('\n'));
};

/** Both orders, each with its answers in the order of the requests. */
const bothOrders = (state: State, left: Request, right: Request): [Outcome, Outcome] => {
  const second = inOrder(state, [right, left]);
  return [inOrder(state, [left, right]), { ...second, answers: second.answers.toReversed() }];
};

const isRefused = ({ kind }: Answer): boolean => kind === 'refused';

describe.each(Object.entries(beginnings))('two at once on %s', (_, beginning) => {
  it('LIFE-5, EDIT-2, EDIT-3, PAY-3, PAY-7, PAY-9, VOID-3, DEL-2, LIFE-6, SEND-13: give what one after the other gives', async () => {
    let { world, state } = await newWorld(own, workers);
    const by = 'admin' as const;
    const switches = { allowEditFinalized: true, allowDeleteFinalized: true };
    state = await play(world, state, { action: 'settings', body: switches, by, makes: 'settings' });
    let raced = 0;
    for (const [index, pair] of pairs.entries()) {
      const names = { invoice: `i${index}`, onIt: `on${index}`, loose: `loose${index}` };
      for (const [makes, act] of beginning(names)) state = await play(world, state, { ...act, by, makes });
      const [left, right] = pair.map((kind, place): Request => {
        const act = (acts[kind] as (names: Names) => Act)(names);
        return { ...act, by, makes: `made${index}${place}` };
      }) as [Request, Request];
      const outcomes = bothOrders(state, left, right);
      // Two that are refused in any order race for nothing.
      if (outcomes.every(({ answers }) => answers.every(isRefused))) continue;
      raced += 1;
      const answers = await Promise.all([left, right].map((request) => world.send(request)));
      await world.settle();
      const keys = [names.invoice, left.makes, right.makes];
      const seen = await look(
        world,
        answers,
        keys.filter((key) => key in outcomes[0].state.invoices),
        [
          ...[names.onIt, names.loose],
          ...[left.makes, right.makes].filter((key) => key in outcomes[0].state.payments),
        ],
      );
      try {
        state = thatFits(world, seen, outcomes);
      } catch (error) {
        throw new Error(`${pair.join(' ‖ ')}: ${messageOf(error)}`, { cause: error });
      }
    }
    expect(raced).toBeGreaterThan(15);
  }, 300_000);
});
