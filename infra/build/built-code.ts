import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Code } from 'aws-cdk-lib/aws-lambda';
import type { CodeOf } from '#infra/constructs/deployed-function.ts';
import { entries } from './entries.ts';
import { buildDirectory } from './places.ts';

/** A function that is to be deployed has no code yet. */
export class NotBuilt extends Error {
  override readonly name = 'NotBuilt';
}

/**
 * The code as the build left it. Source maps stay behind.
 * @throws NotBuilt that names the functions that were not built
 */
export const builtCode = (): CodeOf => {
  const missing = entries.filter(({ name }) => !existsSync(join(buildDirectory, name, 'index.mjs')));
  if (missing.length > 0) {
    const names = missing.map(({ name }) => name).join(', ');
    throw new NotBuilt(`Not built yet: ${names}. \`npm run build\` builds every function.`);
  }
  return (name) => Code.fromAsset(join(buildDirectory, name), { exclude: ['*.map'] });
};
