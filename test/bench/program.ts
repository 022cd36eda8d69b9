import { fork } from 'node:child_process';
import { once } from 'node:events';
import { DynamoDBClient, UpdateTableCommand } from '@aws-sdk/client-dynamodb';
import { createTable } from '#infra/local/resources.ts';
import { type Table, tableAt } from '#lib/data/table.ts';
import { ok, person } from '#test/support/account.ts';
import { start } from '#test/support/global-setup.ts';
import { setService } from '#test/support/service.ts';
import type { Memory } from './memory.ts';

/** One message for a worker. */
export type Work = { worker: string; body: string };
export type WorkDone = Memory & { milliseconds: number };
export type BenchAccount = { id: string; token: string };

/** The program that is measured, and the database that it stands on. */
export type Program = {
  baseUrl: string;
  /** Its table, past the program. */
  table: Table;
  /** Another table of the same definition in the same database. */
  newTable: (name: string) => Promise<Table>;
  newAccount: () => Promise<BenchAccount>;
  /** Has a worker deal with a message, in the program's process. */
  work: (work: Work) => Promise<WorkDone>;
  stop: () => Promise<void>;
};

const tableName = 'bench';

type Answered = { baseUrl?: string; done?: WorkDone; failed?: string };
/** The program's own process. `answer` gives what it says next. @throws Error where it failed, or is no more */
const startProcess = (environment: Record<string, string>) => {
  const script = new URL('program-process.ts', import.meta.url).pathname;
  const child = fork(script, {
    env: { ...process.env, ...environment },
    execArgv: ['--import', 'tsx', '--expose-gc'],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const ended = once(child, 'exit').then(
    ([code]): Answered => ({ failed: `the program ended with ${code}` }),
  );
  const answer = async (): Promise<Answered> => {
    const told = once(child, 'message').then(([message]) => message as Answered);
    const answered = await Promise.race([told, ended]);
    if (answered.failed !== undefined) throw new Error(answered.failed);
    return answered;
  };
  const work = async (one: Work): Promise<WorkDone> => {
    const answered = answer();
    child.send(one);
    const { done } = await answered;
    if (done === undefined) throw new Error(`no answer from ${one.worker}`);
    return done;
  };
  const stop = async (): Promise<void> => {
    if (child.connected) child.disconnect();
    await ended;
  };
  return { answer, work, stop };
};

const newAccount = async (): Promise<BenchAccount> => {
  const founder = await person('Alex Founder');
  const body = { name: 'Atelier Nord', country: 'FR', currency: 'EUR', timeZone: 'Europe/Paris' };
  const { id } = ok(await founder.client.post('/v1/accounts', body));
  return { id, token: founder.token };
};

/**
 * Starts a fresh database with the other emulators, and the program on a table of its own in it. Without its stream a
 * table is filled twice as fast, and read the same.
 */
export const startProgram = async ({ stream }: { stream: boolean }): Promise<Program> => {
  const emulators = await start();
  const { environment } = emulators.service;
  const config = {
    region: environment.AWS_REGION as string,
    endpoint: environment.AWS_ENDPOINT_URL_DYNAMODB as string,
    credentials: {
      accessKeyId: environment.AWS_ACCESS_KEY_ID as string,
      secretAccessKey: environment.AWS_SECRET_ACCESS_KEY as string,
    },
  };
  const newTable = async (name: string): Promise<Table> => {
    await createTable(new DynamoDBClient(config), name);
    return tableAt(name, config);
  };
  const table = await newTable(tableName);
  const StreamSpecification = { StreamEnabled: false };
  if (!stream)
    await new DynamoDBClient(config).send(
      new UpdateTableCommand({ TableName: tableName, StreamSpecification }),
    );
  // React's faster half, as the bundles have it; and a log that no terminal slows down.
  const settings = { TABLE_NAME: tableName, NODE_ENV: 'production', POWERTOOLS_LOG_LEVEL: 'SILENT' };
  const { answer, work, stop } = startProcess({ ...environment, ...settings });
  const { baseUrl = '' } = await answer();
  setService({ ...emulators.service, baseUrl });
  return {
    ...{ baseUrl, table, newTable, newAccount, work },
    stop: async () => {
      await stop();
      await emulators.stop();
    },
  };
};
