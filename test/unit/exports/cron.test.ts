import { describe, expect, it } from 'vitest';
import { nextDue } from '#lib/exports/cron.ts';

/** The due times after an instant. */
const due = (cron: string, timeZone: string, after: string, count: number): string[] => {
  const times: string[] = [];
  for (let at = after; times.length < count; ) {
    const next = nextDue(cron, timeZone, at);
    if (next === undefined) return times;
    times.push(next);
    at = next;
  }
  return times;
};

describe('a schedule’s due times', () => {
  it('EXP-4: keep the local hour when the clocks change', () => {
    expect(due('0 9 * * *', 'Europe/Paris', '2026-03-27T12:00:00.000Z', 3)).toEqual([
      '2026-03-28T08:00:00.000Z',
      '2026-03-29T07:00:00.000Z',
      '2026-03-30T07:00:00.000Z',
    ]);
    expect(due('0 9 * * *', 'America/New_York', '2026-10-31T00:00:00.000Z', 2)).toEqual([
      '2026-10-31T13:00:00.000Z',
      '2026-11-01T14:00:00.000Z',
    ]);
  });

  it('EXP-4: are once on the day that skips the hour', () => {
    expect(due('30 2 * * *', 'Europe/Paris', '2026-03-28T02:00:00.000Z', 2)).toEqual([
      '2026-03-29T01:00:00.000Z',
      '2026-03-30T00:30:00.000Z',
    ]);
  });

  it('EXP-4: are once on the day that has the hour twice', () => {
    expect(due('30 2 * * *', 'Europe/Paris', '2026-10-24T12:00:00.000Z', 2)).toEqual([
      '2026-10-25T00:30:00.000Z',
      '2026-10-26T01:30:00.000Z',
    ]);
  });

  it.each([
    ['15 1-3 * * *', 'Europe/Paris', '2026-10-24T22:00:00.000Z', ['23:15', '00:15', '02:15', '00:15']],
    ['15 1,2 * * *', 'America/New_York', '2026-11-01T04:00:00.000Z', ['05:15', '07:15', '06:15']],
    ['45 1,2 * * *', 'Australia/Lord_Howe', '2026-04-04T14:00:00.000Z', ['14:45', '16:15', '15:15']],
  ])('EXP-4: are once where hours follow each other: %s in %s', (cron, zone, after, times) => {
    expect(due(cron, zone, after, times.length).map((at) => at.slice(11, 16))).toEqual(times);
  });

  it('EXP-4: go on through the hour that is there twice, where they come within the hour', () => {
    expect(due('*/30 * * * *', 'Europe/Paris', '2026-10-24T23:45:00.000Z', 6)).toEqual([
      '2026-10-25T00:00:00.000Z',
      '2026-10-25T00:30:00.000Z',
      '2026-10-25T01:00:00.000Z',
      '2026-10-25T01:30:00.000Z',
      '2026-10-25T02:00:00.000Z',
      '2026-10-25T02:30:00.000Z',
    ]);
  });

  it('EXP-4: are none for a day that never comes', () => {
    expect(nextDue('0 0 30 2 *', 'UTC', '2026-01-01T00:00:00.000Z')).toBeUndefined();
  });

  const noCron = ['2030-01-01T00:00:00', '2030-01-01 00:00:00', '@daily'];
  it.each(['', 'x', '* * * *', '* * * * * *', '61 * * * *', '0 0 32 * *', ...noCron])(
    'EXP-4: %j is refused',
    (cron) => {
      expect(() => nextDue(cron, 'UTC', '2026-01-01T00:00:00.000Z')).toThrow();
    },
  );
});
