import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect } from 'vitest';

/** Notes that this file of tests has run, so that test/policies knows whether all did. */
afterAll(() => {
  const { QUITTANCE_CALLS: folder } = process.env;
  if (folder !== undefined) appendFileSync(join(folder, 'files'), `${expect.getState().testPath}\n`);
});
