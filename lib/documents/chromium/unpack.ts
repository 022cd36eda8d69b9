import { mkdir, mkdtemp, rename, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** How Chromium is started: its program, flags, and the variables that it (and not our own process) gets. */
export type ChromiumProgram = { path: string; args: readonly string[]; environment: Record<string, string> };

const version = '153.0.0';
const ownUser = process.getuid?.() ?? 0;

/** It looks for everything in the temporary folder, so each user and version has a folder of its own in there. */
const folder = () => join(tmpdir(), `quittance-chromium-${version}-${ownUser}`);

/** Flags of the package that only matter to pages of the web, where they take protection away. */
const unwanted = new Set([
  '--allow-running-insecure-content',
  '--disable-web-security',
  '--ignore-gpu-blocklist',
  "--headless='shell'",
]);

/**
 * The Chromium that comes with @sparticuz/chromium, unpacked (207 MB, some seconds) the first time. Linux x64 only.
 * @throws Error of the file system, if the temporary folder can't hold it.
 */
export async function unpackChromium(): Promise<ChromiumProgram> {
  const { default: chromium } = await import('@sparticuz/chromium');
  const home = folder();
  if (!(await isOurs(home))) await unpackInto(home, (directory) => unpackAs(chromium, directory));
  chromium.setGraphicsMode = false;
  return {
    path: join(home, 'chromium'),
    args: chromium.args.filter((flag) => !unwanted.has(flag)),
    environment: {
      HOME: home,
      TMPDIR: tmpdir(),
      LD_LIBRARY_PATH: join(home, 'al2023', 'lib'),
      FONTCONFIG_FILE: join(home, 'fontconfig.xml'),
    },
  };
}

const isOurs = async (path: string): Promise<boolean> => {
  const found = await stat(path).catch(() => undefined);
  if (found !== undefined && found.uid !== ownUser)
    throw new Error(`${path} belongs to another user: Chromium is not started from it.`);
  return found !== undefined;
};

/** Unpacks beside the folder and moves the whole into place, so that no process ever sees half of it. */
const unpackInto = async (home: string, unpack: (directory: string) => Promise<unknown>): Promise<void> => {
  const fresh = await mkdtemp(`${home}-`);
  try {
    await unpack(fresh);
    await mkdir(join(fresh, 'font-cache'));
    await writeFile(join(fresh, 'fontconfig.xml'), fontconfig(home));
    await rename(fresh, home);
  } catch (failure) {
    await rm(fresh, { recursive: true, force: true });
    if (!(await isOurs(home))) throw failure;
  }
};

/**
 * The package reads TMPDIR and AWS_EXECUTION_ENV in the synchronous part of this call. They are set for that long
 * only: it then unpacks its own NSS and expat, which a bare machine lacks, into the folder that it is told.
 */
const unpackAs = (chromium: { executablePath(): Promise<string> }, directory: string): Promise<string> => {
  const before = { TMPDIR: process.env.TMPDIR, AWS_EXECUTION_ENV: process.env.AWS_EXECUTION_ENV };
  try {
    Object.assign(process.env, { TMPDIR: directory, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x' });
    return chromium.executablePath();
  } finally {
    for (const [name, value] of Object.entries(before)) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  }
};

/** Without a configuration that names an existing font folder every PDF comes out blank. */
const fontconfig = (home: string) => `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${join(home, 'fonts')}</dir>
  <cachedir>${join(home, 'font-cache')}</cachedir>
</fontconfig>
`;
