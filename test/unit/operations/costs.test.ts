import { describe, expect, it } from 'vitest';
import { life } from '#infra/operations/costs/life.ts';
import { billOf, type Measured, totalOf } from '#infra/operations/costs/model.ts';
import type { Standing } from '#infra/operations/costs/standing.ts';
import { costTable, readmeWithCosts } from '#infra/operations/costs/table.ts';

const workers = ['record-history', 'relay-outbox', 'render-pdf', 'send-email', 'note-mail-events'];
const billed = { memoryMb: 1_024, architecture: 'arm64', storageMb: 512 } as const;
const nothing: Standing = {
  ...{ alarms: 0, dashboards: 0, metrics: 0, secrets: 0, keys: 0, polledQueues: 0, clocks: {} },
  functions: Object.fromEntries(
    [...life.map(({ action }) => action), ...workers].map((name) => [name, billed]),
  ),
};
const none = { read: 0, write: 0 };
const free: Measured = {
  actions: Object.fromEntries(life.map(({ action }) => [action, none])),
  life: { followed: {}, pdfBytes: 0, mailBytes: 0, clocks: {}, checked: none },
  mostChecked: 0,
};

describe('the bill', () => {
  it('of nothing is nothing', () => {
    expect(totalOf(billOf(nothing, free, 0))).toBe(0);
  });

  it('idles at what stands', () => {
    const standing = { ...nothing, alarms: 10, dashboards: 1, metrics: 10, secrets: 5, keys: 2 };
    const bill = billOf(standing, free, 0);
    expect(bill.CloudWatch).toBeCloseTo(10 * 0.1 + 3 + 10 * 0.3);
    expect(bill['Secrets Manager, KMS']).toBeCloseTo(5 * 0.4 + 2);
    // 15 a minute, 43,200 minutes: 648,000 requests.
    expect(billOf({ ...nothing, polledQueues: 1 }, free, 0)['SQS and SNS']).toBeCloseTo(0.2592);
  });

  it('counts a step’s units as often as an invoice has it, and what follows it', () => {
    const twice = life.find(({ times }) => times === 2)?.action ?? '';
    const measured: Measured = {
      ...free,
      actions: { ...free.actions, [twice]: { read: 4, write: 10 } },
      life: {
        ...free.life,
        followed: { [twice]: { read: 0, write: 5, records: 8, storedBytes: 1_024 ** 3 / 1_000_000 } },
      },
    };
    const bill = billOf(nothing, measured, 1_000_000);
    // 8 million reads at 0.125, 30 million writes at 0.625.
    expect(bill['DynamoDB: reads and writes']).toBeCloseTo(1 + 18.75);
    // Two gigabytes a month, of twelve months.
    expect(bill['DynamoDB: storage, recovery']).toBeCloseTo(24 * 0.45);
    const called = (of: Measured) => billOf(nothing, of, 1_000_000).Lambda ?? 0;
    expect(called(measured)).toBeGreaterThan(called(free));
  });

  it('counts what the clock wakes, also when nobody writes an invoice', () => {
    const clocked: Standing = {
      ...nothing,
      clocks: { 'check-history': 1_440 },
      functions: { ...nothing.functions, 'check-history': billed },
    };
    const measured = { ...free, mostChecked: 500, life: { ...free.life, checked: { read: 2, write: 0 } } };
    expect(billOf(clocked, measured, 0).Lambda).toBeCloseTo(30 * 5 * 0.0000133334, 4);
    // 30 runs of 500 subjects at most, and one unit for each run.
    expect(billOf(clocked, measured, 1_000)['DynamoDB: reads and writes']).toBeCloseTo(
      (30_030 * 0.125) / 1e6,
      6,
    );
  });

  it('refuses a life with a step that was not measured', () => {
    expect(() => billOf(nothing, { ...free, actions: {} }, 1)).toThrow('was not measured');
  });
});

describe('the table', () => {
  it('shows what idles, three volumes and what an invoice comes to', () => {
    const [head, , ...rows] = costTable({ ...nothing, alarms: 10 }, free).split('\n');
    expect(head).toContain('| idle | 100 | 10,000 | 1,000,000 |');
    expect(rows.find((row) => row.startsWith('| CloudWatch'))).toContain('| 1.00 | 1.0');
    expect(rows.some((row) => /^\| an invoice \|\s+\| 0\.0\d+ \|/.test(row))).toBe(true);
  });

  it('goes between README’s marks, and nowhere else', () => {
    const readme = 'a\n<!-- costs: begin -->\nold\n<!-- costs: end -->\nb';
    expect(readmeWithCosts(readme, 'new')).toBe('a\n<!-- costs: begin -->\nnew\n<!-- costs: end -->\nb');
    expect(() => readmeWithCosts('a', 'new')).toThrow('README lacks');
  });
});
