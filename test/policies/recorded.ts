import { existsSync, globSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import config from '#test/vitest.config.ts';

/** A call that a function made while the tests ran. */
export type RecordedCall = { function: string; action: string; resource: string; key?: string };
export type Recorded = {
  /** The names of the functions that ran. */
  ran: ReadonlySet<string>;
  calls: readonly RecordedCall[];
  /** Whether all files of tests ran: only then does it mean something that a call is missing. */
  whole: boolean;
};

type Project = { test: { name: string; include: string[]; exclude?: string[] } };
const recordingProjects = ['integration', 'e2e'];
const filesOfTests = (): string[] => {
  const projects = (config.test?.projects ?? []) as Project[];
  const { root = '.' } = config;
  return projects
    .filter(({ test }) => recordingProjects.includes(test.name))
    .flatMap(({ test: { include, exclude = [] } }) => globSync(include, { cwd: root, exclude }))
    .map((file) => resolve(root, file));
};

/** What all processes of this run have written down. */
export const readRecorded = (): Recorded => {
  const folder = process.env.QUITTANCE_CALLS ?? '';
  const files = existsSync(folder) ? readdirSync(folder) : [];
  const lines = files
    .filter((file) => file.endsWith('.jsonl'))
    .flatMap((file) => readFileSync(join(folder, file), 'utf8').trim().split('\n'))
    .map((line): { function: string } | RecordedCall => JSON.parse(line));
  const noted = files.includes('files') ? readFileSync(join(folder, 'files'), 'utf8').split('\n') : [];
  const distinct = new Map(lines.map((line) => [JSON.stringify(line), line]));
  return {
    ran: new Set(lines.map((line) => line.function)),
    calls: [...distinct.values()].flatMap((line) => ('action' in line ? [line] : [])),
    whole: new Set(filesOfTests()).isSubsetOf(new Set(noted)),
  };
};
