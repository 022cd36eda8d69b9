import { fork } from 'node:child_process';
import { once } from 'node:events';
import type { TestProject } from 'vitest/node';

/** Where the service that all integration tests share is, and what its handlers run with. */
export type SharedService = {
  baseUrl: string;
  origin: string;
  issuer: string;
  mailbox: string;
  environment: Record<string, string>;
};

/** Starts the whole service once for all integration tests, in memory; each test makes accounts of its own. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
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
  project.provide('service', service);
  return async () => {
    child.disconnect();
    // A service that does not stop by itself must not hold up the result.
    const limit = setTimeout(() => child.kill('SIGKILL'), 20_000);
    await exited;
    clearTimeout(limit);
  };
}

declare module 'vitest' {
  export interface ProvidedContext {
    service: SharedService;
  }
}
