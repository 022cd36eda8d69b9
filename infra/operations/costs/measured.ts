import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '#infra/build/places.ts';
import { subjectsARun } from '#lib/data/history-walk.ts';
import type { Measured } from './model.ts';

const read = (file: string) =>
  JSON.parse(readFileSync(join(projectRoot, 'test', 'integration', 'capacity', file), 'utf8'));

/** What `npm run capacity` measured and wrote down. */
export const writtenMeasures = (): Measured => ({
  actions: read('figures.json'),
  life: read('life.json'),
  mostChecked: subjectsARun,
});
