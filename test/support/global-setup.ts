import { fork } from 'node:child_process';
import { once } from 'node:events';
import type { TestProject } from 'vitest/node';

/** Where a service that integration tests share is, and what its handlers run with. */
export type SharedService = {
  baseUrl: string;
  origin: string;
  issuer: string;
  mailbox: string;
  environment: Record<string, string>;
};

type Running = { service: SharedService; stop: () => Promise<void> };

const start = async (): Promise<Running> => {
  const script = new URL('service-process.ts', import.meta.url).pathname;
  const child = fork(script, {
    execArgv: ['--import', 'tsx'],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const exited = once(child, 'exit');
  const [service] = await Promise.race([
    once(child, 'message') as Promise<[SharedService]>,
    exited.then(([code]) => Promise.reject(new Error(`the service ended with ${code} before it was up`))),
  ]);
  const stop = async (): Promise<void> => {
    child.disconnect();
    // A service that does not stop by itself must not hold up the result.
    const limit = setTimeout(() => child.kill('SIGKILL'), 20_000);
    await exited;
    clearTimeout(limit);
  };
  return { service, stop };
};

/**
 * Starts the whole service for all integration tests, in memory; each test makes accounts of its own. There is one for
 * each worker of the test runner: DynamoDB Local does one thing at a time.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const workers = Number(project.vitest.config.maxWorkers) || 1;
  const running = await Promise.all(Array.from({ length: workers }, start));
  project.provide(
    'services',
    running.map(({ service }) => service),
  );
  return async () => {
    await Promise.all(running.map(({ stop }) => stop()));
  };
}

declare module 'vitest' {
  export interface ProvidedContext {
    services: SharedService[];
  }
}
