import { fork } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import type { SharedService } from '#test/support/global-setup.ts';
import type { Answered, OwnMemory, Question } from './service-process.ts';

/** The service that is under load, seen from the parent. */
export type Program = {
  service: SharedService;
  pid: number;
  memory: () => Promise<OwnMemory>;
  /** Resolves when the stream's readers have dealt with all that was written before. */
  streamIdle: () => Promise<void>;
  /** What it wrote to its log: warnings, failures, and what its local workers complain of. Nothing, if all is well. */
  said: readonly string[];
  stop: () => Promise<void>;
};

/** Lines kept; a service that complains at each request would fill the memory of who listens. */
const linesKept = 1_000;

const listen = (stream: Readable | null, said: string[]): void => {
  if (stream === null) return;
  createInterface(stream).on('line', (line) => {
    if (said.length < linesKept && line.trim() !== '') said.push(line);
  });
};

/** Starts it on a folder for its data. @throws Error where it does not come up */
export const startProgram = async (dataDir: string): Promise<Program> => {
  const script = new URL('service-process.ts', import.meta.url).pathname;
  const child = fork(script, [dataDir], {
    execArgv: ['--import', 'tsx', '--expose-gc'],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const said: string[] = [];
  listen(child.stdout, said);
  listen(child.stderr, said);
  const ended = once(child, 'exit');
  const gone = ended.then(([code]): never => {
    throw new Error(`the service ended with ${code}: ${said.slice(-10).join('\n')}`);
  });
  gone.catch(() => {}); // whoever asks it something hears of it
  const told = once(child, 'message') as Promise<[SharedService]>;
  const [service] = await Promise.race([told, gone]);

  const asked = new Map<number, (answer: Answered) => void>();
  child.on('message', (answer: Answered) => {
    asked.get(answer.id)?.(answer);
    asked.delete(answer.id);
  });
  let questions = 0;
  const question = (ask: Question['ask']): Promise<Answered> => {
    questions += 1;
    const { promise, resolve } = Promise.withResolvers<Answered>();
    asked.set(questions, resolve);
    child.send({ id: questions, ask } satisfies Question);
    return Promise.race([promise, gone]);
  };
  return {
    ...{ service, pid: child.pid ?? 0, said },
    memory: async () => {
      const { memory } = await question('memory');
      if (memory === undefined) throw new Error('no answer about the memory');
      return memory;
    },
    streamIdle: async () => void (await question('stream idle')),
    stop: async () => {
      if (child.connected) child.disconnect();
      // A service that does not stop by itself must not hold up the result.
      const limit = setTimeout(() => child.kill('SIGKILL'), 30_000);
      await ended;
      clearTimeout(limit);
    },
  };
};
