import { existsSync } from 'node:fs';
import { type ChromiumProgram, unpackChromium } from './unpack.ts';

const installed: Partial<Record<NodeJS.Platform, readonly string[]>> = {
  darwin: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  ],
  linux: [
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
    '/usr/bin/google-chrome-stable',
    '/snap/bin/chromium',
  ],
  win32: [
    'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
    'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
    'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
  ],
};

/** The sandbox can't be had by root, as whom containers run. */
const argsOfInstalled = () => (process.getuid?.() === 0 ? ['--no-sandbox'] : []);

const given = (path: string): ChromiumProgram => ({ path, args: argsOfInstalled(), environment: {} });

/**
 * The Chromium to print with: the one at `path` (CHROMIUM_PATH unless told); else, on Linux x64, the one that comes with
 * the packages; else an installed Chrome, Chromium or Edge.
 * @throws Error that says what to do, if there is none.
 */
export async function findChromium(path = process.env.CHROMIUM_PATH): Promise<ChromiumProgram> {
  if (path) {
    if (existsSync(path)) return given(path);
    throw new Error(`CHROMIUM_PATH names ${path}, where there is no file.`);
  }
  if (process.platform === 'linux' && process.arch === 'x64') return unpackChromium();
  const found = installed[process.platform]?.find((place) => existsSync(place));
  if (found !== undefined) return given(found);
  throw new Error(
    'No Chrome or Chromium was found to make PDFs with: install one, or set CHROMIUM_PATH to its program.',
  );
}
