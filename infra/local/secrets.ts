import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Secrets } from '#lib/tokens/secrets.ts';

const random = (): string => randomBytes(32).toString('base64');

/** The secrets behind links and cursors, kept with the data: links of an earlier start go on working. */
export const localSecrets = (dataDir: string | undefined): Secrets => {
  const file = dataDir && join(dataDir, 'secrets.json');
  if (file && existsSync(file)) return JSON.parse(readFileSync(file, 'utf8'));
  const secrets: Secrets = { links: { current: 1, secrets: { 1: random() } }, cursors: random() };
  if (dataDir && file) {
    mkdirSync(dataDir, { recursive: true });
    writeFileSync(file, JSON.stringify(secrets), { mode: 0o600 });
  }
  return secrets;
};
