import { launch } from 'puppeteer-core';
import { closeBrowser, renderPdf } from '#lib/documents/browser.ts';
import { findChromium } from '#lib/documents/chromium/program.ts';
import { openFonts } from '#lib/documents/fonts.ts';
import { renderInvoiceHtml } from '#lib/documents/invoice-html.tsx';
import { invoice } from '#test/unit/documents/invoice-builders.ts';
import { type Check, type Figure, median } from './figures.ts';
import type { Measurement } from './measurement.ts';
import { memoryOfTree } from './memory.ts';

const fonts = openFonts();
const htmlOf = (nth: number): string =>
  renderInvoiceHtml({ invoice: invoice({ number: `INV-${1_001 + nth}` }), pageSize: 'A4', fonts });

type Bare = { print: (html: string) => Promise<number>; stop: () => Promise<void> };
/** Chromium as it is: the HTML on the one page, and `printToPDF`. */
const startBare = async (): Promise<Bare> => {
  const program = await findChromium();
  const browser = await launch({
    ...{ executablePath: program.path, args: [...program.args], headless: 'shell', pipe: true },
    env: { ...process.env, ...program.environment },
  });
  const [page = await browser.newPage()] = await browser.pages();
  const session = await page.createCDPSession();
  return {
    print: async (html) => {
      const { frameTree } = await session.send('Page.getFrameTree');
      await session.send('Page.setDocumentContent', { frameId: frameTree.frame.id, html });
      const options = { preferCSSPageSize: true, printBackground: true, generateTaggedPDF: true };
      return (await session.send('Page.printToPDF', options)).data.length;
    },
    stop: () => browser.close(),
  };
};

const millisecondsOf = async (work: () => Promise<unknown>): Promise<number> => {
  const started = performance.now();
  await work();
  return performance.now() - started;
};

/** From invoice to PDF, by turns with a bare browser that is given the very same HTML. */
const warm = async (times: number): Promise<Figure> => {
  const bare = await startBare();
  const ours: number[] = [];
  const theirs: number[] = [];
  for (let nth = 0; nth < times + 5; nth++) {
    const html = htmlOf(nth);
    const mine = await millisecondsOf(() => renderPdf(htmlOf(nth), 'A4'));
    const its = await millisecondsOf(() => bare.print(html));
    if (nth < 5) continue; // until both are warm
    ours.push(mine);
    theirs.push(its);
  }
  await bare.stop();
  return {
    ...{ what: 'PDF of one page, warm, p50', measured: median(ours), unit: 'ms' },
    ...{ beside: 'bare printToPDF of the same HTML, p50', limit: median(theirs), target: { atMost: 1.5 } },
  };
};

/** Many in a row: at most what the first third took, and a little. */
const inARow = async (count: number): Promise<{ figures: Figure[]; checks: Check[] }> => {
  await closeBrowser();
  const most = [0, 0, 0];
  let failed = 0;
  for (let nth = 0; nth < count; nth++) {
    const pdf = await renderPdf(htmlOf(nth), 'A4');
    if (pdf.length < 5_000) failed += 1;
    const third = Math.floor((3 * nth) / count);
    most[third] = Math.max(most[third] ?? 0, memoryOfTree(process.pid));
  }
  await closeBrowser();
  const [first = 0, , last = 0] = most.map((bytes) => bytes / 1_048_576);
  const what = `${count} PDFs in a row`;
  const memory: Figure = {
    ...{ what: `${what}, memory in the last third`, measured: last, unit: 'MB' },
    ...{ beside: 'in the first third', limit: first, target: { atMost: 1.2 } },
  };
  return {
    figures: process.platform === 'linux' ? [memory] : [],
    checks: [{ what: `${what}: all of them`, holds: failed === 0, found: `${failed} were empty` }],
  };
};

export const measurePdf: Measurement<undefined> = async (_, { sizes, progress }) => {
  progress('PDF: one page, warm');
  const warmed = await warm(Math.min(60, sizes.pdfs));
  progress(`PDF: ${sizes.pdfs} in a row`);
  const { figures, checks } = await inARow(sizes.pdfs);
  return { figures: [warmed, ...figures], checks };
};
