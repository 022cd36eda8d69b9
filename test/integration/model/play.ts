import { expect } from 'vitest';
import { ok } from '#test/support/account.ts';
import type { Answer as HttpAnswer, Json } from '#test/support/service.ts';
import type { Command } from './commands.ts';
import { accountOf, invoiceOf, paymentOf } from './expected.ts';
import { type Answer, settle, step } from './model.ts';
import { isEdit, type Refusal } from './refusals.ts';
import type { Request } from './requests.ts';
import { resolve } from './resolve.ts';
import { seenAccount, seenInvoice, seenPayment } from './seen.ts';
import { live, type State } from './state.ts';
import type { World } from './world.ts';

/** Model and service side by side: the same request to both, and what they say of it compared. */

const statuses: Record<string, number> = {
  permission_denied: 403,
  not_found: 404,
  version_conflict: 412,
  ...Object.fromEntries(
    [
      'invalid_request',
      'invoice_incomplete',
      'currency_mismatch',
      'from_required',
      'idempotency_key_reused',
    ].map((code) => [code, 422]),
  ),
};
const statusOf = (code: string): number => statuses[code] ?? 409;

const faultsIn = (body: Json): string[] =>
  ((body.errors ?? []) as Json[]).map(({ pointer, code }) => `${pointer} ${code}`).sort();

/** Whether a refusal is one of those that may come first: its status, its code, and what it says beside. */
const isOneOf = ({ status, body }: HttpAnswer, refusals: readonly Refusal[]): boolean => {
  const fitting = refusals.filter(({ code }) => code === body?.code && statusOf(code) === status);
  const named = faultsIn(body).join();
  const all = fitting.flatMap(({ faults = [] }) => faults).sort();
  return (
    fitting.some(({ permission }) => permission === undefined || permission.includes(body.permission)) &&
    (named === all.join() || fitting.some(({ faults = [] }) => faults.toSorted().join() === named))
  );
};

const shown = ({ status, body }: HttpAnswer) =>
  status >= 400
    ? { status, code: body?.code, permission: body?.permission, faults: faultsIn(body) }
    : { status };

/** The codes that the model leaves open become the one that the service chose, if it is one of them. */
const settled = (
  allowed: Record<string, string[]>,
  actual: Record<string, string | null>,
): Record<string, string | null> =>
  Object.fromEntries(
    Object.entries(allowed).map(([name, codes]) => {
      const code = actual[name] ?? null;
      return [name, code !== null && codes.includes(code) ? code : (codes[0] ?? null)];
    }),
  );

type SeenInvoice = ReturnType<typeof seenInvoice>;
export const expectedInvoice = (state: State, key: string, seen: SeenInvoice | undefined) => {
  const invoice = live(state.invoices, key);
  if (invoice === undefined) return undefined;
  const expected = invoiceOf(state, invoice);
  return { ...expected, actions: settled(expected.actions, seen?.actions ?? {}) };
};

/** What the answer of a success has to show, the invoice aside. */
const expectSuccess = (
  world: World,
  answer: HttpAnswer,
  expected: Extract<Answer, { kind: 'done' }>,
): void => {
  const { bulk, warnings } = expected;
  const { keyOf } = world;
  if (warnings !== undefined) expect(answer.body.warnings).toHaveLength(warnings);
  if (bulk === undefined) return;
  const { finalized, refused } = answer.body;
  expect(finalized.map(({ invoiceId, number }: Json) => ({ invoice: keyOf(invoiceId), number }))).toEqual(
    bulk.finalized,
  );
  expect(refused.map(({ code }: Json, index: number) => bulk.refused[index]?.codes.includes(code))).toEqual(
    bulk.refused.map(() => true),
  );
};

export const expectAnswer = (world: World, answer: HttpAnswer, expected: Answer): void => {
  if (expected.kind === 'refused') {
    const isRight = isOneOf(answer, expected.refusals);
    expect(isRight ? expected.refusals : shown(answer)).toEqual(expected.refusals);
    return;
  }
  const { status, bulk, made } = expected.kind === 'done' ? expected : expected.done;
  expect(shown(answer)).toEqual({ status });
  expect(answer.headers.get('idempotency-replayed')).toBe(expected.kind === 'replayed' ? 'true' : null);
  if (expected.kind === 'done') expectSuccess(world, answer, expected);
  else if (made !== undefined) expect(world.keyOf(answer.body.id)).toBe(made);
  else expectSuccess(world, answer, { kind: 'done', status, ...(bulk && { bulk }) });
};

const expectInvoice = async (world: World, state: State, key: string, answer: HttpAnswer): Promise<void> => {
  const id = world.idOf(key);
  if (id === undefined) return;
  const isWhole = answer.status < 300 && answer.body?.lineItems !== undefined && answer.body.id === id;
  const { status, body, headers } = isWhole ? answer : await world.admin.get(`/v1/invoices/${id}`);
  const seen = status === 404 ? undefined : seenInvoice(world, body);
  expect(seen).toEqual(expectedInvoice(state, key, seen));
  if (seen !== undefined) expect(headers.get('etag')).toBe(`"${seen.version}"`);
};

const expectPayment = async (world: World, state: State, key: string): Promise<void> => {
  const id = world.idOf(key);
  if (id === undefined) return;
  const { status, body } = await world.admin.get(`/v1/payments/${id}`);
  const payment = live(state.payments, key);
  expect(status === 404 ? undefined : seenPayment(world, body)).toEqual(payment && paymentOf(payment));
};

const invoicesOf = (request: Request, before: State): string[] => {
  if (request.action === 'finalizeMany') return [...new Set(request.invoices)];
  if (request.action === 'deletePayment')
    return (before.payments[request.payment]?.applications ?? []).map(({ invoice }) => invoice);
  const made = ['create', 'clone'].includes(request.action) ? [request.makes] : [];
  return 'invoice' in request ? [request.invoice, ...made] : made;
};
const paymentsOf = (request: Request): string[] => {
  if ('payment' in request) return [request.payment];
  return ['record', 'createPayment'].includes(request.action) ? [request.makes] : [];
};

/** How often each action had each outcome: what the sequences got to. */
export const outcomes = new Map<string, number>();
const kindOf = (state: State, request: Request): string => {
  if (request.action !== 'patch') return request.action;
  const invoice = live(state.invoices, request.invoice);
  if (invoice === undefined || invoice.status === 'draft') return 'patch';
  return isEdit(invoice, request.body) ? 'edit' : 'associate';
};
const count = (state: State, request: Request, answer: Answer): void => {
  const name =
    answer.kind === 'refused'
      ? [...new Set(answer.refusals.map(({ code }) => code))].sort().join(' or ')
      : answer.kind;
  const outcome = `${kindOf(state, request)}: ${name}`;
  outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
};

/** Asks both, compares, and answers the state after it. */
export const play = async (world: World, before: State, request: Request): Promise<State> => {
  const { answer: expected, state } = step(before, request);
  const answer = await world.send(request);
  expectAnswer(world, answer, expected);
  count(before, request, expected);
  for (const key of invoicesOf(request, before)) await expectInvoice(world, state, key, answer);
  for (const key of paymentsOf(request)) await expectPayment(world, state, key);
  return state;
};

/** The whole account, once nothing waits any more. */
export const expectAccount = async (world: World, before: State): Promise<void> => {
  await world.settle();
  const state = settle(before);
  const seen = await seenAccount(world, state);
  const expected = accountOf(state);
  const invoices = Object.fromEntries(
    Object.keys(expected.invoices).map((key) => [
      key,
      expectedInvoice(state, key, seen.invoices[key] as SeenInvoice | undefined),
    ]),
  );
  expect(seen).toEqual({ ...expected, invoices });
  for (const { id } of ok(await world.admin.get('/v1/invoices?limit=200')).data)
    expect(world.keyOf(id)).not.toBe(id);
};

/** The places where two values differ, one a line. */
const differences = (actual: unknown, expected: unknown, at = ''): string[] => {
  if (JSON.stringify(actual) === JSON.stringify(expected)) return [];
  const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null;
  if (!isObject(actual) || !isObject(expected))
    return [`${at}: the service has ${JSON.stringify(actual)}, the model ${JSON.stringify(expected)}`];
  const names = new Set([...Object.keys(actual), ...Object.keys(expected)]);
  return [...names].flatMap((name) => differences(actual[name], expected[name], `${at}/${name}`));
};
const told = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error);
  const { actual, expected } = error as Error & { actual?: unknown; expected?: unknown };
  return [error.message, ...differences(actual, expected).slice(0, 20)].join('\n');
};

/** @throws Error that tells the requests so far, when model and service disagree */
export const playAll = async (
  { world, state: first }: { world: World; state: State },
  commands: readonly Command[],
): Promise<void> => {
  let state = first;
  const requests: string[] = [];
  try {
    for (const [index, command] of commands.entries()) {
      if (command.kind === 'settle') {
        requests.push('settle');
        await world.settle();
        state = settle(state);
        continue;
      }
      const request = resolve(state, command, `m${index}`);
      if (request === undefined) continue;
      requests.push(JSON.stringify(request));
      state = await play(world, state, request);
    }
    requests.push('the account at the end');
    await expectAccount(world, state);
  } catch (error) {
    throw new Error([...requests.slice(-60), told(error)].join('\n'), { cause: error });
  }
};
