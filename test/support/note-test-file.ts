import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';

/** Notes that this file of tests is run, so that test/policies knows whether all were. */
const { QUITTANCE_CALLS: folder } = process.env;
if (folder !== undefined) appendFileSync(join(folder, 'files'), `${expect.getState().testPath}\n`);
