import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { SetupError } from './setup-error.ts';

export const OLDEST_JAVA = 17;

const run = promisify(execFile);

/** @throws SetupError if `command` is no Java of version 17 or newer */
export async function checkJava(command = 'java'): Promise<void> {
  const version = await javaVersion(command);
  if (version !== undefined && version >= OLDEST_JAVA) return;
  const found = version === undefined ? 'found none' : `found version ${version}`;
  throw new SetupError(
    `DynamoDB Local needs Java ${OLDEST_JAVA} or newer and ${found}: install a JDK ${OLDEST_JAVA} or newer (for instance from https://adoptium.net) so that "java -version" shows it.`,
  );
}

/** The feature release that `java -version` names; up to Java 8 it was written as 1.8. */
async function javaVersion(command: string): Promise<number | undefined> {
  try {
    const { stdout, stderr } = await run(command, ['-version']);
    const written = /version "(?:1\.)?(\d+)/.exec(`${stderr}${stdout}`)?.[1];
    return written === undefined ? undefined : Number(written);
  } catch {
    return undefined;
  }
}
