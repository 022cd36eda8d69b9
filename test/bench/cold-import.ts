import { execFile } from 'node:child_process';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { actions } from '#functions/actions.ts';
import { bundled, bundleInto } from '#infra/build/bundle.ts';
import { entries } from '#infra/build/entries.ts';
import { projectRoot } from '#infra/build/places.ts';
import { median } from './figures.ts';
import type { Measurement } from './measurement.ts';

/** What a cold start waits for beside Lambda itself: the import of the function's one file. */

const folder = join(projectRoot, '.local', 'bench-bundles');
/** Bundles between two looks at the one that all are held against. */
const betweenLooks = 5;

/** One that does what every function must: reads an item. Bundled as the functions are. */
const clientAlone = `
import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
const client = new DynamoDBClient({ region: 'eu-west-1' });
export const handler = (Key) => client.send(new GetItemCommand({ TableName: 'table', Key }));`;

const bundleAll = async (): Promise<{ alone: string; functions: { name: string; file: string }[] }> => {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const names = new Set(actions.map(({ name }) => name));
  const wanted = entries.filter(({ name }) => names.has(name));
  await bundleInto(folder, wanted);
  const alone = join(folder, 'client-alone.mjs');
  await build({ ...bundled, stdin: { contents: clientAlone, resolveDir: projectRoot }, outfile: alone });
  const functions = wanted.map(({ name }) => ({ name, file: join(folder, name, 'index.mjs') }));
  return { alone, functions };
};

const run = promisify(execFile);
const script = `
const started = performance.now();
await import(process.argv[1]);
process.stdout.write(String(performance.now() - started), () => process.exit(0));`;
/** Milliseconds of its import in a process that has nothing else. */
const importOf = async (file: string): Promise<number> => {
  const url = pathToFileURL(file).href;
  const { stdout } = await run(process.execPath, ['--input-type=module', '-e', script, url]);
  return Number(stdout);
};

export const measureImports: Measurement<undefined> = async (_, { sizes, progress }) => {
  progress('imports: bundling');
  const { alone, functions } = await bundleAll();
  const times = new Map<string, number[]>(functions.map(({ name }) => [name, []]));
  const ofAlone: number[] = [];
  for (const { file } of functions.slice(0, 3)) await importOf(file); // the disk is warm then, as Lambda’s is
  for (let turn = 0; turn < sizes.imports; turn++) {
    progress(`imports: ${turn + 1} of ${sizes.imports}`);
    for (const [place, { name, file }] of functions.entries()) {
      if (place % betweenLooks === 0) ofAlone.push(await importOf(alone));
      times.get(name)?.push(await importOf(file));
    }
  }
  await rm(folder, { recursive: true, force: true });
  const all = [...times].map(([name, found]) => ({ name, milliseconds: median(found) }));
  const [worst] = all.sort((left, right) => right.milliseconds - left.milliseconds);
  const target = { atMost: 2 };
  const beside = 'a bundle of the DynamoDB client alone';
  const figure = (what: string, measured: number) =>
    ({ what, measured, unit: 'ms', beside, limit: median(ofAlone), target }) as const;
  return {
    figures: [
      figure(`cold import, slowest of ${all.length}: ${worst?.name}`, worst?.milliseconds ?? Number.NaN),
      figure(`cold import, half of ${all.length}`, median(all.map(({ milliseconds }) => milliseconds))),
    ],
    checks: [],
  };
};
