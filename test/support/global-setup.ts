import { fork } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestProject } from 'vitest/node';

/** Where a service that integration tests share is, and what its handlers run with. */
export type SharedService = {
  baseUrl: string;
  origin: string;
  issuer: string;
  mailbox: string;
  environment: Record<string, string>;
};

export type Running = { service: SharedService; stop: () => Promise<void> };

/** Starts a service in a process of its own, in memory. */
export const start = async (): Promise<Running> => {
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

/** Files of tests that a service sees; by then DynamoDB Local has slowed down by all that was written to its streams. */
const longestService = 12;

type Post = { running: Promise<Running>; uses: number; isFree: boolean };

/** Lends services out, each to one file of tests at a time. One that has served long enough makes room for a new one. */
const openDesk = () => {
  const posts = new Set<Post>();
  const retiring = new Set<Promise<void>>();
  const hire = (): Post => {
    const post = { running: start(), uses: 0, isFree: true };
    // Whoever is lent it hears of the failure.
    post.running.catch(() => posts.delete(post));
    posts.add(post);
    return post;
  };
  const retire = (post: Post): void => {
    posts.delete(post);
    const retired = post.running.then(({ stop }) => stop()).catch(() => {});
    retiring.add(retired);
    void retired.finally(() => retiring.delete(retired));
  };
  return {
    hire,
    lend: async (): Promise<{ service: SharedService; giveBack: () => void }> => {
      const post = [...posts].find(({ isFree }) => isFree) ?? hire();
      post.isFree = false;
      post.uses += 1;
      const isLast = post.uses >= longestService;
      if (isLast) hire();
      const giveBack = (): void => {
        if (isLast) retire(post);
        else post.isFree = true;
      };
      return { service: (await post.running).service, giveBack };
    },
    close: async (): Promise<void> => {
      for (const post of [...posts]) retire(post);
      await Promise.all(retiring);
    },
  };
};

/**
 * Starts whole services for the integration tests, in memory; each test makes accounts of its own. A file of tests is
 * lent one for as long as its request is open (lent-service.ts).
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const desk = openDesk();
  for (let worker = 0; worker < (Number(project.vitest.config.maxWorkers) || 1); worker++) desk.hire();
  const server = createServer(async (_, response) => {
    try {
      const { service, giveBack } = await desk.lend();
      response.once('close', giveBack);
      // The answer does not end before the borrower goes.
      response.writeHead(200).write(`${JSON.stringify(service)}\n`);
    } catch (error) {
      response.writeHead(500).end(String(error));
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  project.provide('desk', (server.address() as AddressInfo).port);
  return async () => {
    server.closeAllConnections();
    server.close();
    await desk.close();
  };
}

declare module 'vitest' {
  export interface ProvidedContext {
    /** The port on which services are lent. */
    desk: number;
  }
}
