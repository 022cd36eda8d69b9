import type { Check } from '#test/bench/figures.ts';
import type { MemoryVerdict, Sample } from './memory.ts';
import type { Interval, Tally } from './tally.ts';

/** What is told of a run: a line now and then, and a summary. */

const megabytes = (bytes: number): string => `${Math.round(bytes / 2 ** 20)} MB`;
const milliseconds = (value: number): string => (Number.isNaN(value) ? '–' : `${Math.round(value)} ms`);
const counted = (counts: Record<string, number>): string =>
  Object.entries(counts)
    .sort(([, left], [, right]) => right - left)
    .map(([name, count]) => `${name} ${count}`)
    .join(', ');

export const lineOf = (
  { requests, p50, p95 }: Interval,
  sample: Sample,
  { elapsed, seconds, total, waiting, statuses }: Progress,
): string =>
  [
    `${Math.round(elapsed)} s`.padStart(6),
    `${total} requests`.padStart(15),
    `${(requests / seconds).toFixed(1)}/s`.padStart(8),
    `p50 ${milliseconds(p50)}`,
    `p95 ${milliseconds(p95)}`,
    `resident ${megabytes(sample.resident)}`,
    `heap ${megabytes(sample.heap)} + ${megabytes(sample.external)}`,
    `DynamoDB ${megabytes(sample.dynamodb)}`,
    `browsers ${megabytes(sample.browsers)}`,
    `queued ${waiting}`,
    counted(statuses),
  ].join('  ');
export type Progress = {
  elapsed: number;
  /** Since the line before. */
  seconds: number;
  total: number;
  waiting: number;
  statuses: Record<string, number>;
};

export const memoryCheck = ({ early, late, allowed, holds }: MemoryVerdict): Check => ({
  ...{ what: 'memory that is alive in the service’s process stays', holds },
  found: `${megabytes(early)} in the second tenth, ${megabytes(late)} in the last; ${megabytes(allowed)} more are allowed`,
});

export const answersCheck = ({ faults, lostRaces }: Tally): Check => ({
  ...{ what: 'no 5xx, no unexpected refusal or answer', holds: faults.count === 0 },
  found:
    faults.count === 0
      ? `races lost: ${counted(lostRaces) || 'none'}`
      : `${faults.count}: ${faults.told.slice(0, 5).join('\n    ')}`,
});

export const logCheck = (said: readonly string[]): Check => ({
  ...{ what: 'the service logs no warning and no failure', holds: said.length === 0 },
  found: said.length === 0 ? 'nothing' : `${said.length} lines: ${said.slice(0, 5).join('\n    ')}`,
});

export const summaryOf = (tally: Tally, seconds: number, checks: readonly Check[]): string => {
  const { requests, p50, p95 } = tally.all();
  return [
    `${requests} requests in ${Math.round(seconds)} s, ${(requests / seconds).toFixed(1)}/s, p50 ${milliseconds(p50)}, p95 ${milliseconds(p95)}`,
    `statuses: ${counted(tally.statuses)}`,
    `deeds: ${counted(tally.deeds)}`,
    '',
    ...checks.map(({ what, holds, found }) => `${holds ? 'yes' : 'NO '}  ${what}: ${found}`),
  ].join('\n');
};
