import { mkdir, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { makeDemo, readDemo } from './demo/demo.ts';
import type { Service } from './demo/make-account.ts';
import type { Person } from './demo/plan.ts';
import { reopenDemo } from './demo/reopen.ts';
import { EMULATORS } from './emulators.ts';
import { checkJava } from './java.ts';
import { freePort } from './loopback.ts';
import { choosePorts } from './ports.ts';
import { createProgress, type Progress } from './progress.ts';
import { type LocalService, startService } from './service.ts';
import { readablePath, removeServiceFile, type ServiceFile, writeServiceFile } from './service-file.ts';
import { SetupError } from './setup-error.ts';
import { createShutdown } from './shutdown.ts';
import { welcome } from './welcome.ts';

/** `npm start`: the whole service on this machine, with demo data at the first time. */

const TOKEN_LIFE_SECONDS = 7 * 24 * 3_600;
const DEFAULT_PORT = '3000';
/** All that a start puts into the data folder; what else is there is not ours to remove. */
const ours = [
  ...['dynamodb', 's3', 'sqs', 'mail', 'stripe', 'streams', 'ports.json', 'secrets.json', 'oidc-key.json'],
  ...['demo.json', 'demo.json.part', 'service.json', 'service.json.part', 'token'],
];

type Options = { port: number; dataDir: string; fresh: boolean };

/** @throws SetupError for an unknown flag or a PORT that is no port */
const readOptions = (args: string[], env: NodeJS.ProcessEnv): Options => {
  const { tokens } = parseArgs({ args, strict: false, tokens: true });
  const isFresh = (token: (typeof tokens)[number]) =>
    token.kind === 'option' && token.rawName === '--fresh' && token.value === undefined;
  const unknown = tokens.find((token) => !isFresh(token));
  if (unknown !== undefined)
    throw new SetupError(
      `npm start does not know ${args[unknown.index]}: its only flag is --fresh, as in "npm start -- --fresh", which removes the local data first.`,
    );
  const port = env.PORT || DEFAULT_PORT;
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535)
    throw new SetupError(`PORT is "${port}", which is no port: set it to a number from 0 to 65535.`);
  const dataDir = resolve(env.QUITTANCE_DATA_DIR || '.local');
  return { port: Number(port), dataDir, fresh: tokens.length > 0 };
};

/** Finds out, before anything is started or removed, whether a start can succeed. @throws SetupError */
const checkMachine = async ({ port, dataDir }: Options): Promise<void> => {
  await checkJava();
  await choosePorts(EMULATORS, dataDir);
  if (port !== 0 && (await freePort(port)) !== port)
    throw new SetupError(`Port ${port} is taken: set PORT to another one, or to 0 for any that is free.`);
};

/** Empties the data folder if that is asked for, or if the demo data were begun and not finished. */
const prepareData = async ({ dataDir, fresh }: Options, progress: Progress): Promise<void> => {
  if (fresh || (await readDemo(dataDir)) === undefined) {
    await Promise.all(ours.map((name) => rm(join(dataDir, name), { recursive: true, force: true })));
    await mkdir(dataDir, { recursive: true });
  } else progress.step(`Data of ${readablePath(dataDir)} found`);
  await removeServiceFile(dataDir);
};

const makeReady = async (
  local: LocalService,
  { dataDir }: Options,
  { signal, progress }: { signal: AbortSignal; progress: Progress },
): Promise<{ file: ServiceFile; draftId: string | undefined }> => {
  const { baseUrl, origin, emulators } = local;
  const tokenOf = ({ email, name }: Person) => {
    const exp = Math.floor(Date.now() / 1_000) + TOKEN_LIFE_SECONDS;
    return emulators.issueToken({ sub: email, email, name, exp });
  };
  const { mailbox: mailboxUrl } = emulators.endpoints;
  const service: Service = { baseUrl, mailboxUrl, signal, tokenOf };
  const onProgress = (done: number, total: number) => progress.count('Demo data', done, total);
  const demo = (await readDemo(dataDir)) ?? (await makeDemo(service, { dataDir, onProgress }));
  const { accounts, buyerUrl, draftId } = await reopenDemo(service, demo);
  const docsUrl = `${baseUrl}/docs`;
  const file = { baseUrl, origin, mailboxUrl, docsUrl, buyerUrl: buyerUrl ?? docsUrl, accounts };
  await writeServiceFile(dataDir, file);
  return { file, draftId };
};

const start = async (options: Options): Promise<void> => {
  const { port, dataDir } = options;
  const output = process.stdout;
  await checkMachine(options);
  output.write('\n  Quittance is starting.\n\n');
  const progress = createProgress(output);
  await prepareData(options, progress);

  const stopping = new AbortController();
  const shutdown = createShutdown();
  const starting = startService({ port, dataDir, progress: progress.step });
  shutdown.add('the service', async () => {
    stopping.abort();
    output.write('\n  Stopping.\n');
    await removeServiceFile(dataDir);
    const local = await starting.catch(() => undefined);
    await local?.stop();
  });
  try {
    const { file, draftId } = await makeReady(await starting, options, { signal: stopping.signal, progress });
    output.write(welcome(file, { draftId, dataDir, output }));
  } catch (error) {
    if (stopping.signal.aborted) return; // what was under way was told to end
    report(error);
    await shutdown.run(1);
  }
};

/** What the person at the keyboard can put right is a sentence; anything else is a fault of ours, with its trace. */
const report = (error: unknown): void => console.error(error instanceof SetupError ? error.message : error);

try {
  await start(readOptions(process.argv.slice(2), process.env));
} catch (error) {
  report(error);
  process.exit(1);
}
