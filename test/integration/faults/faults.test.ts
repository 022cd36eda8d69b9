import { describe, expect, it } from 'vitest';
import { faultSchedule } from '#test/support/fault-schedule.ts';
import { arrivesWell } from './invariants.ts';
import { travel } from './journey.ts';
import { worldOfFile } from './world.ts';

/**
 * Whole journeys while calls to AWS and to the payment provider are late, lost, refused, doubled or answered to nobody,
 * and functions die in their midst. QUITTANCE_FAULTS=200 runs so many schedules, QUITTANCE_FAULTS_SEED=7 begins with that
 * seed: a failure tells its own.
 */
const world = worldOfFile();
const count = Number(process.env.QUITTANCE_FAULTS ?? 3);
const first = process.env.QUITTANCE_FAULTS_SEED;
const fresh = Math.floor(Math.random() * 1_000_000_000);
/** The first is always the same one, unless told otherwise. */
const seeds = Array.from({ length: count }, (_, index) => {
  if (first !== undefined) return Number(first) + index;
  return index === 0 ? 1 : fresh + index;
});

describe('a journey on which everything goes wrong that can', () => {
  it.each(seeds)(
    'NUM-2, PAY-3, SEND-11, EXP-3, HIST-3: arrives well, by the schedule of seed %i',
    async (seed) => {
      const schedule = faultSchedule(seed);
      world().begin(schedule);
      try {
        const journey = await travel(world(), schedule);
        await arrivesWell(world(), journey);
      } finally {
        schedule.end();
      }
      const met = [...schedule.met].map(([fault, times]) => `${times} ${fault}`);
      console.log(`seed ${seed}: ${met.join(', ')}`);
      expect(schedule.met.size).toBeGreaterThan(5);
    },
  );
});
