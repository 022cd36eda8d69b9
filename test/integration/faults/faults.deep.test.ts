import { describe, expect, it } from 'vitest';
import { faultSchedule } from '#test/support/fault-schedule.ts';
import { arrivesWell } from './invariants.ts';
import { travel } from './journey.ts';
import { worldOfFile } from './world.ts';

/**
 * Whole journeys while calls to AWS and to the payment provider are late, lost, refused, doubled or answered to nobody,
 * and functions die in their midst. QUITTANCE_FAULTS=200 runs so many schedules, QUITTANCE_FAULTS_SEED=7 begins with that
 * seed; a run of all tests takes seeds of its own. A failure tells its seed.
 */
const world = worldOfFile();
const count = Number(process.env.QUITTANCE_FAULTS ?? 3);
const fresh = process.env.QUITTANCE_TESTS === 'all' ? Math.floor(Math.random() * 1_000_000_000) : 1;
const first = Number(process.env.QUITTANCE_FAULTS_SEED ?? fresh);
const seeds = Array.from({ length: count }, (_, index) => first + index);

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
