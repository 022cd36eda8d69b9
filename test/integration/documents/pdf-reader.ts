import { extractText, getDocumentProxy, getMeta } from 'unpdf';

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
