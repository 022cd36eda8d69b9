import { rename, rm, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';

/** Where a service that is ready says how to reach it, for scripts and tests. */
export type ServiceFile = {
  baseUrl: string;
  /** An origin whose pages may call the API. */
  origin: string;
  mailboxUrl: string;
  docsUrl: string;
  /** The page of an open invoice. */
  buyerUrl: string;
  accounts: {
    id: string;
    name: string;
    tokens: { superAdmin: string; member: string; readOnly: string };
    apiKey: string;
  }[];
};

export const serviceFileIn = (dataDir: string): string => join(dataDir, 'service.json');
/** The super admin's token of the first account, alone: for a shell. */
export const tokenFileIn = (dataDir: string): string => join(dataDir, 'token');

/** A path as people read it: from here where it lies below, else whole. */
export const readablePath = (path: string): string => {
  const below = relative('', path);
  return below === '' || below.startsWith('..') ? path : below;
};

/** Writes it for its owner alone, whole or not at all: whoever waits for it may read at once. */
export const writeServiceFile = async (dataDir: string, service: ServiceFile): Promise<void> => {
  await writeFile(tokenFileIn(dataDir), service.accounts[0]?.tokens.superAdmin ?? '', { mode: 0o600 });
  const part = `${serviceFileIn(dataDir)}.part`;
  await writeFile(part, `${JSON.stringify(service, null, 2)}\n`, { mode: 0o600 });
  await rename(part, serviceFileIn(dataDir));
};

/** Takes it away: it is there only while a service is ready. */
export const removeServiceFile = async (dataDir: string): Promise<void> => {
  await rm(serviceFileIn(dataDir), { force: true });
  await rm(tokenFileIn(dataDir), { force: true });
};
