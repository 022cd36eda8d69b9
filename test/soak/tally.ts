import { median, percentile } from '#test/bench/figures.ts';
import type { Reply } from './requests.ts';

/** What is counted while the load goes on. */

/** Unexpected answers told in full; more of them are only counted. */
const toldInFull = 50;

export type Interval = { requests: number; p50: number; p95: number };
export type Tally = {
  count: (deed: string, reply: Reply) => void;
  /** A refusal that another worker brought about. */
  lostRace: (code: string) => void;
  /** An answer that nothing explains. */
  unexpected: (deed: string, what: string) => void;
  /** What was counted since the last time that this was asked. */
  interval: () => Interval;
  statuses: Record<string, number>;
  deeds: Record<string, number>;
  lostRaces: Record<string, number>;
  faults: { count: number; told: string[] };
  all: () => Interval;
};

const raise = (counts: Record<string, number>, name: string): void => {
  counts[name] = (counts[name] ?? 0) + 1;
};
const intervalOf = (milliseconds: readonly number[]): Interval => ({
  requests: milliseconds.length,
  p50: median(milliseconds),
  p95: percentile(milliseconds, 0.95),
});

export const newTally = (): Tally => {
  const statuses: Record<string, number> = {};
  const deeds: Record<string, number> = {};
  const lostRaces: Record<string, number> = {};
  const faults: Tally['faults'] = { count: 0, told: [] };
  const all: number[] = [];
  let told = 0;
  return {
    ...{ statuses, deeds, lostRaces, faults },
    count: (deed, { status, milliseconds }) => {
      raise(statuses, String(status));
      raise(deeds, deed);
      all.push(milliseconds);
    },
    lostRace: (code) => raise(lostRaces, code),
    unexpected: (deed, what) => {
      faults.count += 1;
      if (faults.told.length < toldInFull) faults.told.push(`${deed}: ${what}`);
    },
    interval: () => {
      const since = all.slice(told);
      told = all.length;
      return intervalOf(since);
    },
    all: () => intervalOf(all),
  };
};
