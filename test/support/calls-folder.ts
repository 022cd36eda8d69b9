import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * A folder where all processes of this run write down what functions call (infra/local/recorded-calls.ts) and which
 * files of tests ran, for test/policies.
 */
export default function setup(): () => void {
  if (process.env.QUITTANCE_CALLS !== undefined) return () => {};
  const folder = mkdtempSync(join(tmpdir(), 'quittance-calls-'));
  process.env.QUITTANCE_CALLS = folder;
  return () => rmSync(folder, { recursive: true, force: true });
}
