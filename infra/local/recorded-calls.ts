import { AsyncLocalStorage } from 'node:async_hooks';
import { appendFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import { callsOf, furtherCallsOf, type PolicyCall } from './calls-of.ts';

/**
 * What each function calls at AWS, written down while tests run: to be held against its policy (test/policies). Off
 * unless QUITTANCE_CALLS names a folder. It knows the function by the asynchronous context of its handler, since all
 * run in one process here; what is called outside of a handler is not a function's.
 */
const folder = process.env.QUITTANCE_CALLS;
const running = new AsyncLocalStorage<string>();
const written = new Set<string>();
/** The variables by which functions find resources, by every value that they had. */
const variables = new Map<string, string>();
const ofResources =
  /^(TABLE_NAME|DOCUMENTS_BUCKET|SECRETS_ARN|STRIPE_SECRETS_ARN|SES_CONFIGURATION_SET|\w+_QUEUE_URL)$/;

const noteVariables = (): void => {
  for (const [name, value] of Object.entries(process.env))
    if (value !== undefined && ofResources.test(name)) variables.set(value, name);
};

const note = (line: object): void => {
  const text = JSON.stringify(line);
  if (folder === undefined || written.has(text)) return;
  written.add(text);
  mkdirSync(folder, { recursive: true });
  appendFileSync(join(folder, `${process.pid}.jsonl`), `${text}\n`);
};
const noteCalls = (calls: readonly PolicyCall[]): void => {
  const name = running.getStore();
  if (name !== undefined) for (const call of calls) note({ function: name, ...call });
};

type Input = Readonly<Record<string, unknown>>;
type Next = (args: { input: Input }) => Promise<unknown>;
type Named = { clientName?: string; commandName?: string };
type Stack = { clone: () => Stack; add: (middleware: unknown, options: object) => void };

const variableOf = (value: unknown): string => variables.get(String(value)) ?? `=${value}`;
const recording =
  (next: Next, { clientName = '', commandName = '' }: Named): Next =>
  async (args) => {
    noteCalls(callsOf(clientName, commandName, args.input, variableOf));
    try {
      return await next(args);
    } catch (error) {
      noteCalls(furtherCallsOf(clientName, args.input, error, variableOf));
      throw error;
    }
  };

/** All commands of all clients, also those that are only signed, put their middleware together here. */
type Command = { resolveMiddlewareWithContext: (stack: Stack, ...more: unknown[]) => unknown };
const recorded = Symbol.for('quittance.recorded');
const recordCommands = (): void => {
  let prototype = GetItemCommand.prototype as unknown as Command & { [recorded]?: true };
  while (!Object.hasOwn(prototype, 'resolveMiddlewareWithContext'))
    prototype = Object.getPrototypeOf(prototype);
  if (prototype[recorded]) return;
  prototype[recorded] = true;
  const { resolveMiddlewareWithContext } = prototype;
  prototype.resolveMiddlewareWithContext = function (stack, ...more) {
    const ours = stack.clone();
    ours.add(recording, { step: 'initialize', priority: 'low', name: 'recordCalls' });
    return resolveMiddlewareWithContext.call(this, ours, ...more);
  };
};
if (folder !== undefined) recordCommands();

/** The handler as it is; what it calls is written down as the function's. */
export const recordedAs =
  <Arguments extends unknown[], Result>(name: string, handler: (...given: Arguments) => Result) =>
  (...given: Arguments): Result => {
    if (folder === undefined) return handler(...given);
    noteVariables();
    return running.run(name, () => {
      note({ function: name });
      return handler(...given);
    });
  };

/** Runs what a test does in the midst of a function, which is none of the function's calls. */
export const outsideFunctions = <T>(run: () => T): T => running.exit(run);
