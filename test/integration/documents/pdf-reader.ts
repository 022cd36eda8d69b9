import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PDFiumLibrary } from '@hyzyla/pdfium';
import { extractText, getDocumentProxy, getMeta } from 'unpdf';
import { pngOfBitmap } from '#test/support/pictures.ts';

/** A PDF as a program that had no part in making it reads it (Mozilla's pdf.js). */
export type ReadPdf = {
  /** The text of each page, its spaces made one of a kind. */
  pages: string[];
  title: unknown;
  language: unknown;
  isTagged: boolean;
  /** Width and height of each page, in points. */
  sizes: [width: number, height: number][];
};

export async function readPdf(pdf: Uint8Array): Promise<ReadPdf> {
  const document = await getDocumentProxy(new Uint8Array(pdf));
  const { text } = await extractText(document, { mergePages: false });
  const { info } = await getMeta(document);
  const numbers = Array.from({ length: document.numPages }, (_, index) => index + 1);
  const sizes = await Promise.all(
    numbers.map(async (number): Promise<[number, number]> => {
      const { width, height } = (await document.getPage(number)).getViewport({ scale: 1 });
      return [width, height];
    }),
  );
  return {
    pages: text.map((page) => page.normalize('NFC').replace(/\s+/g, ' ')),
    title: info.Title,
    language: info.Language,
    isTagged: (await document.getMarkInfo())?.Marked === true,
    sizes,
  };
}

/**
 * The text of a PDF as PDFium reads it, which knows what letters a cluster of glyphs stands for, and in what order they
 * are read. With QUITTANCE_PICTURES it leaves a picture of each page in that folder, for people to look at.
 */
export async function readPdfWhole(pdf: Uint8Array, name: string): Promise<string> {
  const pictures = process.env.QUITTANCE_PICTURES;
  const library = await PDFiumLibrary.init();
  const document = await library.loadDocument(pdf);
  const texts: string[] = [];
  for (const page of document.pages()) {
    texts.push(page.getText());
    if (pictures === undefined) continue;
    const picture = await page.render({ scale: 1.5, render: 'bitmap' });
    await writeFile(join(pictures, `${name}-${texts.length}.png`), pngOfBitmap(picture));
  }
  document.destroy();
  library.destroy();
  return texts.join('\n');
}
