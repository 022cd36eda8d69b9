import { spawnSync } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '#infra/build/places.ts';

/** Schemathesis (https://pypi.org/project/schemathesis/): requests made up from an OpenAPI document, right and wrong ones. */
const version = '4.32.5';
const installation = join(projectRoot, '.schemathesis', version);
export const schemathesis = join(installation, 'bin', 'schemathesis');

/** @throws Error where Python is missing or the package can't be had */
export const installSchemathesis = (): void => {
  if (existsSync(schemathesis)) return;
  // What an earlier try left half done is no environment.
  rmSync(installation, { recursive: true, force: true });
  const run = (program: string, ...args: string[]): void => {
    const { status, error, stderr } = spawnSync(program, args, { encoding: 'utf8' });
    if (status !== 0) throw new Error(`${program} ${args.join(' ')}: ${error?.message ?? stderr}`);
  };
  run('python3', '-m', 'venv', installation);
  run(join(installation, 'bin', 'pip'), 'install', '--quiet', `schemathesis==${version}`);
};
