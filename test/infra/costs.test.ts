import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { projectRoot } from '#infra/build/places.ts';
import { writtenMeasures } from '#infra/operations/costs/measured.ts';
import { standingOf } from '#infra/operations/costs/standing.ts';
import { costTable, readmeWithCosts } from '#infra/operations/costs/table.ts';
import { devStage, ofType, synthesize } from './synthesized.ts';

const stacks = synthesize();
const standing = standingOf(
  stacks.map(({ resources }) => resources),
  devStage.name,
);

it('takes what stands from the templates', () => {
  const alarms = ofType(stacks, 'AWS::CloudWatch::Alarm').length;
  expect(alarms).toBeGreaterThan(20);
  expect(standing).toMatchObject({ alarms, dashboards: 1, keys: 0, polledQueues: 5 });
  expect(standing.secrets).toBe(ofType(stacks, 'AWS::SecretsManager::Secret').length);
  // Two of lines in logs, six of each stream’s reader, two of the reputation.
  expect(standing.metrics).toBe(16);
  expect(standing.clocks).toEqual({ 'run-schedules': 1, 'sweep-sessions': 5, 'check-history': 1_440 });
  expect(standing.functions['render-pdf']).toEqual({
    ...{ memoryMb: 2_048, architecture: 'x86_64', storageMb: 1_024 },
  });
});

it('is in README as it is computed: npm run costs', () => {
  const readme = readFileSync(join(projectRoot, 'README.md'), 'utf8');
  expect(readmeWithCosts(readme, costTable(standing, writtenMeasures()))).toBe(readme);
});
