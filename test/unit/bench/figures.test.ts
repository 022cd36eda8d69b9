import { describe, expect, it } from 'vitest';
import { gapIn } from '#test/bench/drafts.ts';
import { type Figure, isMet, median, percentile, rateOf } from '#test/bench/figures.ts';
import { sideBySide } from '#test/bench/http.ts';
import { plainTable, readmeWith } from '#test/bench/table.ts';

const figure = (measured: number, limit: number, target: Figure['target']): Figure => ({
  ...{ what: 'finalize', measured, limit, target, unit: '/s', beside: 'raw' },
});

describe('a figure', () => {
  it.each([
    [50, { atLeast: 0.5 }, true],
    [49.9, { atLeast: 0.5 }, false],
    [150, { atMost: 1.5 }, true],
    [150.1, { atMost: 1.5 }, false],
    [Number.NaN, { atLeast: 0.5 }, false],
    [Number.NaN, { atMost: 1.5 }, false],
  ] as const)('of %d beside 100 with the target %o: met is %s', (measured, target, met) => {
    expect(isMet(figure(measured, 100, target))).toBe(met);
  });

  it('takes percentiles by rank, whatever the order', () => {
    const values = Array.from({ length: 100 }, (_, index) => 100 - index);
    expect([median(values), percentile(values, 0.95), percentile(values, 0.99)]).toEqual([50, 95, 99]);
    expect(median([7])).toBe(7);
    expect(values[0]).toBe(100);
  });

  it('takes the rate of things done one after another', () => {
    expect(rateOf([10, 30])).toBe(50);
  });
});

describe('the table of figures', () => {
  const figures = [figure(60, 100, { atLeast: 0.5 }), figure(12.345, 6, { atMost: 2 })];

  it('shows the ratio beside its target, and marks what is missed', () => {
    expect(plainTable(figures).split('\n')).toEqual([
      'what      measured  beside     ratio  target',
      'finalize  60/s      100/s raw  0.60   ≥ 0.5   met',
      'finalize  12.3/s    6/s raw    2.06   ≤ 2     MISSED',
    ]);
  });

  it('replaces what is between README’s marks, and nothing else', () => {
    const marks = ['<!-- bench: begin -->', '<!-- bench: end -->'];
    const readme = `before\n${marks.join('\nold\n')}\nafter`;
    const made = readmeWith(readme, { figures, checks: [] }, 'a machine');
    expect(made).not.toContain('old');
    expect(made).toContain('| finalize | 60/s | 100/s raw | 0.60 | ≥ 0.5 | met |');
    expect([made.startsWith('before\n'), made.endsWith('\nafter')]).toEqual([true, true]);
    expect(readmeWith(made, { figures, checks: [] }, 'a machine')).toBe(made);
    expect(() => readmeWith('none', { figures, checks: [] }, '')).toThrow('README lacks');
  });
});

describe('the check of numbers', () => {
  it.each([
    [['INV-1002', 'INV-1001'], true],
    [['INV-1001', 'INV-1003'], false],
    [['INV-1001', 'INV-1001'], false],
    [['INV-1002'], false],
    [['INV-1001', 'undefined'], false],
  ])('of %j: holds is %s', (numbers, holds) => {
    expect(gapIn(numbers).holds).toBe(holds);
  });
});

describe('clients side by side', () => {
  it('do all the work once, never more of it at a time than they are, and keep its order', async () => {
    let running = 0;
    let most = 0;
    const results = await sideBySide(3, [1, 2, 3, 4, 5, 6, 7], async (one) => {
      most = Math.max(most, ++running);
      await new Promise((resolve) => setImmediate(resolve));
      running -= 1;
      return one * 10;
    });
    expect(results).toEqual([10, 20, 30, 40, 50, 60, 70]);
    expect(most).toBe(3);
  });
});
