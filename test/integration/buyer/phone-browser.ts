import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type Browser, chromium, type Page as Tab } from 'playwright-core';
import { findChromium } from '#lib/documents/chromium/program.ts';

/** A buyer's phone, as Playwright drives it: the Chromium that the project's own package brings. */
export type PhoneBrowser = {
  /** A buyer of his own, with a tab. No script runs in it unless he is told to let it. */
  newBuyer: (given?: { javaScript: boolean }) => Promise<Tab>;
  close: () => Promise<void>;
};

const phone = { width: 360, height: 740 };
const desk = { width: 1_280, height: 900 };

/** Where pictures of what buyers see go, for people to look at: a folder, or nowhere. */
const screenshotsIn = process.env.QUITTANCE_SCREENSHOTS;

export const startPhoneBrowser = async (): Promise<PhoneBrowser> => {
  const { path, args, environment } = await findChromium();
  // In a Lambda it is one process; a phone's has one a page.
  const asOnPhone = args.filter((flag) => flag !== '--single-process');
  const browser: Browser = await chromium.launch({
    executablePath: path,
    args: [...asOnPhone, '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost'],
    env: { ...(process.env as Record<string, string>), ...environment },
    ...{ handleSIGINT: false, handleSIGTERM: false, handleSIGHUP: false },
  });
  return {
    newBuyer: async ({ javaScript } = { javaScript: false }) => {
      const context = await browser.newContext({
        ...{ viewport: phone, isMobile: true, hasTouch: true, deviceScaleFactor: 2 },
        ...{ javaScriptEnabled: javaScript, colorScheme: 'light', locale: 'en-GB' },
      });
      context.setDefaultTimeout(15_000);
      return context.newPage();
    },
    close: () => browser.close(),
  };
};

/** A picture of all that a tab shows: on a phone and at a desk, by day and by night. It stays as it is afterwards. */
export const takeScreenshots = async (tab: Tab, name: string): Promise<void> => {
  if (screenshotsIn === undefined) return;
  await mkdir(screenshotsIn, { recursive: true });
  for (const size of [desk, phone])
    for (const scheme of ['dark', 'light'] as const) {
      await tab.setViewportSize(size);
      await tab.emulateMedia({ colorScheme: scheme });
      const path = join(screenshotsIn, `${name}-${size.width}-${scheme}.png`);
      await tab.screenshot({ path, fullPage: true, scale: 'css' });
    }
};
