import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '#infra/build/places.ts';
import { writtenMeasures } from './costs/measured.ts';
import { standingOf } from './costs/standing.ts';
import { costTable, readmeWithCosts } from './costs/table.ts';
import { devStage, synthesize } from './templates.ts';

/** `npm run costs`: what a deployment costs a month, computed anew and written into README. */
const templates = synthesize().map(({ resources }) => resources);
const table = costTable(standingOf(templates, devStage.name), writtenMeasures());
const readme = join(projectRoot, 'README.md');
writeFileSync(readme, readmeWithCosts(readFileSync(readme, 'utf8'), table));
console.log(table);
