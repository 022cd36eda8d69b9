import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { vi } from 'vitest';
import { type ServiceFile, serviceFileIn } from '#infra/local/service-file.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const running: ChildProcess[] = [];

export type Started = {
  said: () => string;
  complained: () => string;
  /** Resolves with the exit code. */
  ended: Promise<number | null>;
  signal: (name: 'SIGINT' | 'SIGTERM') => void;
  /** The process itself and all that it started, as of now. */
  family: () => number[];
};

/** What `npm start` runs, on a free port unless told, with a data folder of its own. */
export const start = (dataDir: string, args: string[] = [], env: Record<string, string> = {}): Started => {
  const child = spawn(process.execPath, ['--import', 'tsx', 'infra/local/start.ts', ...args], {
    cwd: root,
    env: { ...process.env, PORT: '0', QUITTANCE_DATA_DIR: dataDir, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.push(child);
  let [said, complained] = ['', ''];
  child.stdout.on('data', (chunk) => {
    said += chunk;
  });
  child.stderr.on('data', (chunk) => {
    complained += chunk;
  });
  return {
    said: () => said,
    complained: () => complained,
    ended: once(child, 'close').then(([code]) => code),
    signal: (name) => void child.kill(name),
    family: () => familyOf(child.pid ?? 0),
  };
};

/** Waits until the service says that it is ready, and reads how to reach it. */
export const ready = async (dataDir: string, started: Started): Promise<ServiceFile> => {
  const early = started.ended.then((code) => {
    throw new Error(`It ended with ${code} before it was ready: ${started.complained()}`);
  });
  const read = () => JSON.parse(readFileSync(serviceFileIn(dataDir), 'utf8')) as ServiceFile;
  return Promise.race([vi.waitFor(read, { timeout: 90_000, interval: 100 }), early]);
};

/** Ends what a failed test left running. */
export const endAll = (): void => {
  for (const child of running.splice(0)) if (child.exitCode === null) child.kill('SIGTERM');
};

const familyOf = (pid: number): number[] => {
  const rows = execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' }).trim().split('\n');
  const parents = rows.map((row) => row.trim().split(/\s+/).map(Number) as [number, number]);
  const below = (one: number): number[] =>
    parents.filter(([, parent]) => parent === one).flatMap(([child]) => [child, ...below(child)]);
  return [pid, ...below(pid)];
};

/** Those of the processes that still run. */
export const alive = (pids: readonly number[]): number[] =>
  pids.filter((pid) => {
    try {
      return process.kill(pid, 0);
    } catch {
      return false;
    }
  });
