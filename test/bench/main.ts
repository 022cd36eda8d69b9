import './production.ts';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import { measureBulk } from './bulk.ts';
import { measureBuyerPage } from './buyer-page.ts';
import { measureImports } from './cold-import.ts';
import { measureExport } from './csv-export.ts';
import { isMet, type Results, ratioOf } from './figures.ts';
import { measureFilter } from './filter.ts';
import { measureFinalize } from './finalize.ts';
import { type Asked, fullSizes, type Measurement, smallSizes } from './measurement.ts';
import { measurePages } from './pages.ts';
import { measurePdf } from './pdf.ts';
import { startProgram } from './program.ts';
import { startSeeded } from './seeded.ts';
import { plainChecks, plainTable, readmeWith } from './table.ts';

/**
 * `npm run bench [-- rows…]`: how fast the program is beside what it can't be faster than, measured in the same run on
 * the same machine. A target that is missed is marked; a check that fails ends it with 1.
 */

const allRows = ['finalize', 'bulk', 'buyer-page', 'pages', 'filter', 'export', 'pdf', 'imports'];
const usage = `npm run bench -- [--small] [--json FILE] [--readme] [${allRows.join('] [')}]`;

type Given = { rows: readonly string[]; small: boolean; json: string; readme: boolean };
const given = (): Given => {
  const options = {
    small: { type: 'boolean', default: false },
    json: { type: 'string', default: '.local/bench.json' },
    readme: { type: 'boolean', default: false },
  } as const;
  const { values, positionals } = parseArgs({ options, allowPositionals: true });
  const unknown = positionals.find((row) => !allRows.includes(row));
  if (unknown !== undefined) throw new Error(`There is no row ${unknown}.`);
  return { ...values, rows: positionals.length === 0 ? allRows : positionals };
};

const failedAt = (row: string, error: unknown): Results => {
  const found = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { figures: [], checks: [{ what: `${row}: is measured`, holds: false, found }] };
};

type Stopping = { stop: () => Promise<void> };
/** Starts what some measurements stand on, and ends it after them: DynamoDB Local slows down by what is in it. */
const group = async <Place extends Stopping | undefined>(
  start: () => Promise<Place>,
  measurements: Record<string, Measurement<Place>>,
  { rows, asked, results }: { rows: readonly string[]; asked: Asked; results: Results },
): Promise<void> => {
  const wanted = Object.entries(measurements).filter(([row]) => rows.includes(row));
  if (wanted.length === 0) return;
  asked.progress('starting');
  const place = await start();
  try {
    for (const [row, measure] of wanted) {
      // What was measured before is worth having, whatever became of this one.
      const { figures, checks } = await measure(place, asked).catch((error) => failedAt(row, error));
      results.figures.push(...figures);
      results.checks.push(...checks);
    }
  } finally {
    await place?.stop();
  }
};

const measureAll = async (rows: readonly string[], asked: Asked): Promise<Results> => {
  const results: Results = { figures: [], checks: [] };
  const to = { rows, asked, results };
  const fresh = { finalize: measureFinalize, bulk: measureBulk, 'buyer-page': measureBuyerPage };
  const seeded = { pages: measurePages, filter: measureFilter, export: measureExport };
  await group(() => startProgram({ stream: true }), fresh, to);
  await group(() => startSeeded(asked.sizes, asked.progress), seeded, to);
  await group(async () => undefined, { pdf: measurePdf, imports: measureImports }, to);
  return results;
};

const givenOrUsage = (): Given => {
  try {
    return given();
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : error}\n${usage}`);
    process.exit(1);
  }
};

const { rows, small, json, readme } = givenOrUsage();
const started = performance.now();
const secondsSince = (): string => `${Math.round((performance.now() - started) / 1_000)} s`.padStart(6);
const progress = (line: string) => console.error(`${secondsSince()}  ${line}`);
const results = await measureAll(rows, { sizes: small ? smallSizes : fullSizes, progress });

const { figures, checks } = results;
const [cpu] = cpus();
const machine = `Node ${process.versions.node}, ${cpus().length} × ${cpu?.model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GB`;
const written = figures.map((figure) => ({ ...figure, ratio: ratioOf(figure), met: isMet(figure) }));
mkdirSync(dirname(json), { recursive: true });
const report = { at: new Date().toISOString(), machine, small, figures: written, checks };
writeFileSync(json, `${JSON.stringify(report, null, 2)}\n`);
if (readme) {
  const file = new URL('../../README.md', import.meta.url);
  writeFileSync(file, readmeWith(readFileSync(file, 'utf8'), results, machine));
}
console.log(`${plainTable(figures)}\n\n${plainChecks(checks)}\n`);
const missed = figures.filter((figure) => !isMet(figure)).length;
console.log(
  `${figures.length - missed} of ${figures.length} targets met in ${secondsSince().trim()} on ${machine}; ${json}`,
);
process.exit(checks.every(({ holds }) => holds) ? 0 : 1);
