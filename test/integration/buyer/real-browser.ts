import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type axe from 'axe-core';
import { type Browser, launch, type Page as Tab } from 'puppeteer-core';
import { findChromium } from '#lib/documents/chromium/program.ts';
import type { Page } from '#lib/page/shell.tsx';

/** A browser of the kind that buyers have, and a server that gives it one page with the page's own headers. */
export type RealBrowser = {
  open: (page: Page, screen?: Screen) => Promise<Tab>;
  /** What was asked for besides the page, by any tab so far. */
  asked: string[];
  close: () => Promise<void>;
};
export type Screen = { width: number; scheme: 'light' | 'dark' };

/** Where pictures of the pages go, for people to look at: a folder, or nowhere. */
const picturesIn = process.env.QUITTANCE_PICTURES;

export const startRealBrowser = async (): Promise<RealBrowser> => {
  let shown: Page | undefined;
  const asked: string[] = [];
  const server = createServer(({ url = '' }, response) => {
    if (url !== '/i/token') asked.push(url);
    response
      .writeHead(shown === undefined || url !== '/i/token' ? 404 : 200, shown?.headers)
      .end(shown?.html);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/i/token`;
  const { path, args, environment } = await findChromium();
  const browser: Browser = await launch({
    executablePath: path,
    args: [...args, '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1'],
    env: { ...process.env, ...environment },
    headless: 'shell',
    pipe: true,
  });
  const tab = await browser.newPage();
  await lendArabic(tab);
  tab.on('request', (request) => {
    if (request.url() !== address && !request.url().startsWith('data:')) asked.push(request.url());
  });
  return {
    asked,
    open: async (page, { width, scheme } = { width: 800, scheme: 'light' }) => {
      shown = page;
      await tab.setViewport({ width, height: 900 });
      await tab.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]);
      await tab.goto(address, { waitUntil: 'load' });
      return tab;
    },
    close: async () => {
      await browser.close();
      server.close();
    },
  };
};

/** Buyers' systems write Arabic; the browser of a test machine may not, and would measure nothing. */
const lendArabic = async (tab: Tab): Promise<void> => {
  const folder = fileURLToPath(
    new URL('files/', import.meta.resolve('@fontsource/ibm-plex-sans-arabic/400.css')),
  );
  const bytes = await readFile(join(folder, 'ibm-plex-sans-arabic-arabic-400-normal.woff2'));
  await tab.evaluateOnNewDocument(`{
    const bytes = Uint8Array.from(atob('${bytes.toString('base64')}'), (byte) => byte.charCodeAt(0));
    document.fonts.add(new FontFace('Lent Arabic', bytes.buffer));
    const sheet = new CSSStyleSheet();
    sheet.replaceSync('body{font-family:system-ui,"Lent Arabic"!important}');
    document.adoptedStyleSheets.push(sheet);
  }`);
};

export const takePicture = async (tab: Tab, name: string): Promise<void> => {
  if (picturesIn !== undefined)
    await tab.screenshot({ path: join(picturesIn, `${name}.png`) as `${string}.png`, fullPage: true });
};

const axeSource = readFile(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8');

/** What axe finds fault with: WCAG 2.2 A and AA, and its own best practices; each with the place. */
export const faultsFor = async (tab: Tab): Promise<string[]> => {
  // The page's policy lets no script in: this one comes through the debugger.
  await tab.evaluate(await axeSource);
  const { violations } = await tab.evaluate(
    (tags) =>
      (globalThis as unknown as { axe: typeof axe }).axe.run({ runOnly: { type: 'tag', values: tags } }),
    ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
  );
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
};
