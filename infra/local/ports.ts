import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { freePort } from './loopback.ts';
import { SetupError } from './setup-error.ts';

const Remembered = z.record(z.string(), z.number().int().min(1).max(65_535));

/**
 * A port for each name. With a data folder the ports of the last run are taken again where they are free:
 * tokens name their issuer by its address, and people keep the mailbox's.
 *
 * @throws SetupError if all of them are in use: then the last run still goes on, on the same files
 */
export async function choosePorts<Name extends string>(
  names: readonly Name[],
  dataDir: string | undefined,
): Promise<Record<Name, number>> {
  const file = dataDir && join(dataDir, 'ports.json');
  const remembered = file ? await readRemembered(file) : {};
  const chosen = {} as Record<Name, number>;
  const taken = new Set<number>();
  for (const name of names) {
    let port = await freePort(remembered[name]);
    while (taken.has(port)) port = await freePort();
    taken.add(port);
    chosen[name] = port;
  }
  if (names.every((name) => remembered[name] !== undefined && remembered[name] !== chosen[name])) {
    throw new SetupError(`Quittance already runs with the data in ${dataDir}: stop that one first.`);
  }
  if (dataDir && file) {
    await mkdir(dataDir, { recursive: true });
    await writeFile(file, `${JSON.stringify(chosen, null, 2)}\n`);
  }
  return chosen;
}

async function readRemembered(file: string): Promise<Record<string, number>> {
  try {
    return Remembered.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch {
    return {}; // nothing worth keeping: other ports do as well
  }
}
