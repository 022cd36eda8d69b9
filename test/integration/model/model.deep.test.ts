import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type OwnService, startOwnService } from '#test/support/in-process.ts';
import { command } from './commands.ts';
import { outcomes, playAll } from './play.ts';
import { startWorkers, type Workers } from './workers.ts';
import { newWorld } from './world.ts';

/**
 * Random sequences of all actions by people of different permissions, against a plain model in memory. `MODEL_ACTIONS`
 * and `MODEL_SEED` run more, or the same again.
 */
const actions = Number(process.env.MODEL_ACTIONS ?? 2_000);
const seed = Number(process.env.MODEL_SEED ?? Date.now() % 1_000_000_000);
const lanes = 4;
const longest = 100;
/** About ten times what it takes on a busy machine. */
const timeout = 240_000 + actions * 400;

let own: OwnService;
let workers: Workers;
beforeAll(async () => {
  own = await startOwnService();
  workers = await startWorkers(own);
});
afterAll(() => own.stop());

/** Time that a failing sequence is made shorter for. */
const shrinkingMs = Number(process.env.MODEL_SHRINKING_MS ?? 60_000);

/** Sequences until so many actions were done; a failing one is made shorter as long as there is time. */
const run = async (laneSeed: number, share: number): Promise<number> => {
  let done = 0;
  let failedAt: number | undefined;
  const sequence = fc.array(command, { minLength: 1, maxLength: longest, size: 'max' });
  await fc.assert(
    fc.asyncProperty(sequence, async (commands) => {
      if (failedAt === undefined ? done >= share : Date.now() > failedAt + shrinkingMs) return;
      done += commands.length;
      try {
        await playAll(await newWorld(own, workers), commands);
      } catch (error) {
        if (failedAt === undefined) console.error(error instanceof Error ? error.message : error);
        failedAt ??= Date.now();
        throw error;
      }
    }),
    { seed: laneSeed, numRuns: Math.max(10, share), unbiased: true, includeErrorInReport: true },
  );
  return done;
};

it(
  'LIFE-5, EDIT-1 to EDIT-4, PAY-1 to PAY-9, VOID-1, VOID-3, DEL-1 to DEL-3, NUM-1 to NUM-8, HIST-1 to HIST-4: the service does what the model does',
  async () => {
    console.info(`MODEL_SEED=${seed} MODEL_ACTIONS=${actions}`);
    const share = Math.ceil(actions / lanes);
    const done = await Promise.all(Array.from({ length: lanes }, (_, lane) => run(seed + lane, share)));
    if (process.env.MODEL_OUTCOMES) console.info([...outcomes].sort().join('\n'));
    expect(done.reduce((sum, one) => sum + one, 0)).toBeGreaterThanOrEqual(actions);
  },
  timeout,
);
