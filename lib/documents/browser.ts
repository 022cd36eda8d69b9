import { type PageSize, type Printer, startPrinter } from './chromium/printer.ts';
import { findChromium } from './chromium/program.ts';

export type { PageSize } from './chromium/printer.ts';

/** Chromium's memory grows with each PDF. */
const documentsPerBrowser = 100;
/** A PDF of nothing, as a broken font configuration gives it, has 689 bytes. */
const leastBytes = 1_000;

let printer: Printer | undefined;
let printed = 0;
let last: Promise<unknown> = Promise.resolve();

/**
 * The standalone HTML document as a tagged PDF. Starts a browser if none is warm; calls that come at once wait for each
 * other. A browser that dies or hangs is replaced, and the document tried once more.
 * @throws Error if there is no Chromium, or if the second try fails too.
 */
export function renderPdf(html: string, pageSize: PageSize): Promise<Uint8Array> {
  return inTurn(async () => {
    try {
      return await printOnce(html, pageSize);
    } catch (failure) {
      if (printer === undefined) throw failure;
      await discard();
      return await printOnce(html, pageSize);
    }
  });
}

/** Ends the warm browser, after the documents that were asked for before; the next document starts another. */
export function closeBrowser(): Promise<void> {
  return inTurn(discard);
}

const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
  const done = last.then(work);
  last = done.catch(() => {});
  return done;
};

const printOnce = async (html: string, pageSize: PageSize): Promise<Uint8Array> => {
  if (printed >= documentsPerBrowser || printer?.isAlive() === false) await discard();
  printer ??= await startPrinter(await findChromium());
  printed += 1;
  const pdf = await printer.print(html, pageSize);
  if (pdf.length < leastBytes || Buffer.from(pdf.subarray(0, 5)).toString('latin1') !== '%PDF-')
    throw new Error(`Chromium answered with ${pdf.length} bytes that are no PDF of this document.`);
  return pdf;
};

const discard = async (): Promise<void> => {
  const old = printer;
  printer = undefined;
  printed = 0;
  await old?.close();
};
