import { setTimeout as sleep } from 'node:timers/promises';
import type { AwsService, Fault } from './fault-answers.ts';

/** Which requests meet a fault, and which: the same for the same seed and the same requests. */

/** A number from 0 to 1, and the next (mulberry32). */
export const randomBy = (seed: number): (() => number) => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
};

const faults: readonly Fault[] = [
  ...(['delay', 'drop', 'throttle', 'conflict', 'broken', 'lost', 'lost', 'twice'] as const),
  ...(['die before', 'die after', 'die after'] as const),
];
/** A second e-mail by a request that the network doubles is nothing that a program could know of. */
const canHappen = (service: AwsService, fault: Fault): boolean => service !== 'ses' || fault !== 'twice';

export type FaultSchedule = {
  choose: (service: AwsService, operation: string) => Fault | undefined;
  /** Runs one call of a function under it. Outside of such calls nothing happens to a request. */
  under: <T>(run: () => Promise<T>) => Promise<T>;
  random: () => number;
  /** How often each fault came, by service. */
  met: Map<string, number>;
  /** No fault comes any more. */
  end: () => void;
};

/** Of the requests to each service, how many meet one: there are many to the table, and few e-mails. */
const shares: Record<AwsService, number> = { dynamodb: 0.06, s3: 0.2, sqs: 0.2, ses: 0.5 };

/** @param worse how much more often than usual something goes wrong; 0 for never */
export const faultSchedule = (seed: number, worse = 0.5 + 1.5 * randomBy(seed + 1)()): FaultSchedule => {
  const random = randomBy(seed);
  const met = new Map<string, number>();
  let running = 0;
  let isDead = false;
  let isOver = false;
  const choose: FaultSchedule['choose'] = (service) => {
    if (running === 0 || isOver) return undefined;
    if (isDead) return 'drop';
    if (random() >= worse * shares[service]) return undefined;
    const fault = faults[Math.floor(random() * faults.length)] as Fault;
    if (!canHappen(service, fault)) return undefined;
    isDead = fault.startsWith('die');
    met.set(`${service} ${fault}`, (met.get(`${service} ${fault}`) ?? 0) + 1);
    return fault;
  };
  return {
    ...{ choose, random, met },
    end: () => {
      isOver = true;
    },
    under: async (run) => {
      // Those that run at the same time are one process, and die together; the next one starts when it is gone.
      while (isDead && running > 0) await sleep(5);
      isDead = false;
      running += 1;
      try {
        return await run();
      } finally {
        running -= 1;
      }
    },
  };
};
