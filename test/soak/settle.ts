import { setTimeout as sleep } from 'node:timers/promises';
import type { Program } from './program.ts';
import type { Queues } from './queues.ts';

/**
 * Waits until nothing is left to do: the stream is read and no message waits, three times in a row, since what is
 * between the two is seen by neither. @throws Error where it does not come to that
 */
export const settle = async ({ streamIdle }: Program, queues: Queues, seconds = 900): Promise<void> => {
  const until = Date.now() + seconds * 1_000;
  for (let quiet = 0; quiet < 3; await sleep(300)) {
    if (Date.now() > until)
      throw new Error(`after ${seconds} s still ${await queues.waiting()} messages wait`);
    await streamIdle();
    quiet = (await queues.waiting()) === 0 ? quiet + 1 : 0;
  }
};
