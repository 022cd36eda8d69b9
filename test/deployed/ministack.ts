import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, openSync, rmSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { projectRoot } from '#infra/build/places.ts';
import { freePort } from '#infra/local/loopback.ts';

/** Tried with this one: 1.4.21 does not know CloudFormation's UpdateTerminationProtection. */
const version = '1.5.33';
const home = join(projectRoot, '.ministack');
const installation = join(home, version);

/** @throws Error where Python is missing or the package can't be had */
export const installMiniStack = (): void => {
  if (existsSync(join(installation, 'bin', 'ministack'))) return;
  // What an earlier try left half done is no environment.
  rmSync(installation, { recursive: true, force: true });
  const run = (program: string, ...args: string[]): void => {
    const { status, error, stderr } = spawnSync(program, args, { encoding: 'utf8' });
    if (status !== 0) throw new Error(`${program} ${args.join(' ')}: ${error?.message ?? stderr}`);
  };
  run('python3', '-m', 'venv', installation);
  run(join(installation, 'bin', 'pip'), 'install', '--quiet', `ministack==${version}`);
};

/** MiniStack (https://pypi.org/project/ministack/): CloudFormation, Lambda and all else that the stacks name, on one port. */
export type MiniStack = { endpoint: string; environment: NodeJS.ProcessEnv; stop: () => Promise<void> };

/** @returns whether a group of processes had anyone left to get the signal */
const signalGroup = (leader: number, signal: NodeJS.Signals | 0): boolean => {
  try {
    return process.kill(-leader, signal);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ESRCH') return false;
    throw error;
  }
};

/** Ends what is left of a group of processes, and waits up to 10 s until nobody of it is there. */
const endGroup = async (leader: number | undefined): Promise<void> => {
  if (leader === undefined || !signalGroup(leader, 'SIGKILL')) return;
  for (const until = Date.now() + 10_000; signalGroup(leader, 0) && Date.now() < until; ) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
};

const isUp = async (endpoint: string): Promise<boolean> =>
  fetch(`${endpoint}/_ministack/health`).then(
    ({ ok }) => ok,
    () => false,
  );

export const startMiniStack = async (): Promise<MiniStack> => {
  installMiniStack();
  const port = await freePort();
  const endpoint = `http://127.0.0.1:${port}`;
  const data = mkdtempSync(join(tmpdir(), 'quittance-ministack-'));
  const environment = {
    ...process.env,
    // Functions run on the machine's own `node`, whatever their runtime says: it has to be the project's.
    PATH: [dirname(process.execPath), process.env.PATH].join(delimiter),
    AWS_ENDPOINT_URL: endpoint,
    AWS_REGION: 'eu-west-1',
    AWS_DEFAULT_REGION: 'eu-west-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
  };
  const log = openSync(join(home, 'ministack.log'), 'w');
  const child = spawn(join(installation, 'bin', 'ministack'), [], {
    cwd: data,
    stdio: ['ignore', log, log],
    // With its functions it is a group of processes, and ends as one: some would outlive it.
    detached: true,
    env: {
      ...environment,
      GATEWAY_PORT: String(port),
      BIND_HOST: '127.0.0.1',
      MINISTACK_REGION: 'eu-west-1',
      S3_DATA_DIR: join(data, 's3'),
      TMPDIR: data,
    },
  });
  const ended = once(child, 'exit');
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM');
    const limit = setTimeout(() => child.kill('SIGKILL'), 10_000);
    await ended;
    clearTimeout(limit);
    await endGroup(child.pid);
    // A function that left the group may still write: what it leaves in the system's temporary folder fails no test.
    await rm(data, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 }).catch(
      (error: unknown) => process.stderr.write(`${data} could not be removed: ${error}\n`),
    );
  };
  for (const until = Date.now() + 60_000; !(await isUp(endpoint)); ) {
    if (child.exitCode !== null || Date.now() > until) {
      if (child.exitCode === null) await stop();
      throw new Error(`MiniStack did not start: see ${join(home, 'ministack.log')}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  return { endpoint, environment, stop };
};
