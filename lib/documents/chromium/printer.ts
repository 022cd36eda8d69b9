import { type Browser, type CDPSession, launch } from 'puppeteer-core';
import type { ChromiumProgram } from './unpack.ts';

export type PageSize = 'A4' | 'Letter';

/** A running Chromium with one page, which is used again for each document. */
export type Printer = {
  /** The document as a PDF. One at a time. Rejects if Chromium died or took longer than its time. */
  print(html: string, pageSize: PageSize): Promise<Uint8Array>;
  isAlive(): boolean;
  close(): Promise<void>;
};

/** Widths and heights in inches; a document's own `@page { size }` goes before them. */
const paper = { A4: { width: 8.27, height: 11.69 }, Letter: { width: 8.5, height: 11 } };

/** Milliseconds that one step may take; 1,000 lines need some seconds on a slow machine. */
const stepTimeout = 60_000;

/**
 * Starts Chromium. It is spoken to through a pipe: when our process ends, in whatever way, the pipe breaks and
 * Chromium ends by itself. No signal is handled here, since that would keep the process from ending by it.
 */
export async function startPrinter(program: ChromiumProgram): Promise<Printer> {
  const browser = await launch({
    executablePath: program.path,
    args: [...program.args, '--host-resolver-rules=MAP * ~NOTFOUND'],
    env: { ...process.env, ...program.environment },
    headless: 'shell',
    pipe: true,
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
    timeout: stepTimeout,
    protocolTimeout: stepTimeout,
  });
  try {
    const session = await openClosedPage(browser);
    return {
      print: (html, pageSize) => print(session, html, pageSize),
      isAlive: () => browser.connected,
      close: () => close(browser),
    };
  } catch (failure) {
    await close(browser);
    throw failure;
  }
}

/** A page in which no script runs and from which no request leaves: `data:` addresses are not requests. */
const openClosedPage = async (browser: Browser): Promise<CDPSession> => {
  const [page] = await browser.pages();
  const session = await (page ?? (await browser.newPage())).createCDPSession();
  await session.send('Emulation.setScriptExecutionDisabled', { value: true });
  session.on('Fetch.requestPaused', ({ requestId }) => {
    session.send('Fetch.failRequest', { requestId, errorReason: 'BlockedByClient' }).catch(() => {});
  });
  await session.send('Fetch.enable', { patterns: [{ urlPattern: '*' }] });
  return session;
};

/** Fonts and images are decoded late; what is not yet there when a page is printed is missing from it. */
const everythingLoaded = `Promise.all([
  ...[...document.fonts].map((font) => font.load()),
  ...[...document.images].map((image) => image.decode().catch(() => {})),
]).then(() => true)`;

const print = async (session: CDPSession, html: string, pageSize: PageSize): Promise<Uint8Array> => {
  const { frameTree } = await session.send('Page.getFrameTree');
  await session.send('Page.setDocumentContent', { frameId: frameTree.frame.id, html });
  const loaded = await session.send('Runtime.evaluate', {
    expression: everythingLoaded,
    awaitPromise: true,
    returnByValue: true,
  });
  if (loaded.result.value !== true) throw new Error('A font of the document could not be loaded.');
  const { data } = await session.send('Page.printToPDF', {
    paperWidth: paper[pageSize].width,
    paperHeight: paper[pageSize].height,
    preferCSSPageSize: true,
    printBackground: true,
    generateTaggedPDF: true,
  });
  return Buffer.from(data, 'base64');
};

/** Asks it to end, and ends it if it does not answer. */
const close = async (browser: Browser): Promise<void> => {
  const running = browser.process();
  const patience = setTimeout(() => running?.kill('SIGKILL'), 5_000);
  await browser.close().catch(() => running?.kill('SIGKILL'));
  clearTimeout(patience);
};
