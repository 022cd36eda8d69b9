import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type FontFamily, familiesFor, fontFamilies } from './fonts/families.ts';
import { type FontSlice, readSlices } from './fonts/slices.ts';

export { fontFamilies } from './fonts/families.ts';

/** What decides about Han characters, whose forms differ by country. */
export type FontContext = { language: string; countries: readonly string[] };

export type EmbeddedFonts = {
  /** `@font-face` rules whose sources are `data:` URLs: of the slices that the text needs, no others. */
  css: string;
  /** The value of `font-family`. */
  family: string;
};

/** The fonts of documents. Reads stylesheets and fonts when they are first needed, and keeps them. */
export type Fonts = { embed(text: string, context: FontContext): EmbeddedFonts };

/**
 * Fonts from a directory that has the packages as `node_modules` does (`@fontsource/noto-sans/400.css`, …): the one given,
 * else FONTS_DIRECTORY, else wherever Node finds the packages.
 */
export function openFonts(directory = process.env.FONTS_DIRECTORY): Fonts {
  const known = new Map<string, FontSlice[]>();
  const slicesOf = (family: FontFamily): FontSlice[] => {
    const read = known.get(family.name) ?? readSlices(family, packageDirectory(family, directory));
    known.set(family.name, read);
    return read;
  };
  return { embed: (text, context) => embed(text, context, slicesOf) };
}

/** The files that documents are set with, as paths below `node_modules`: what a deployment has to bring along. */
export function fontFiles(directory?: string): string[] {
  return fontFamilies.flatMap((family) => [
    ...family.stylesheets.map((stylesheet) => `${family.package}/${stylesheet}`),
    ...readSlices(family, packageDirectory(family, directory)).map(({ file }) => `${family.package}/${file}`),
  ]);
}

const packageDirectory = (family: FontFamily, directory: string | undefined): string =>
  directory
    ? join(directory, family.package)
    : dirname(fileURLToPath(import.meta.resolve(`${family.package}/package.json`)));

const embed = (
  text: string,
  { language, countries }: FontContext,
  slicesOf: (family: FontFamily) => FontSlice[],
): EmbeddedFonts => {
  const missing = new Set([...text].map((character) => character.codePointAt(0) ?? 0).filter(isVisible));
  const needed: FontSlice[] = [];
  const used: string[] = [];
  for (const family of familiesFor(text, language, countries)) {
    if (missing.size === 0) break;
    const found = slicesOf(family).filter((slice) => [...missing].some(slice.covers));
    if (found.length === 0) continue;
    needed.push(...found);
    used.push(`'${family.name}'`);
    for (const code of missing) if (found.some((slice) => slice.covers(code))) missing.delete(code);
  }
  return {
    css: needed.map((slice) => slice.face()).join('\n'),
    family: [...used, 'sans-serif'].join(', '),
  };
};

/** Control characters and joiners are no reason to embed a font. */
const isVisible = (code: number): boolean =>
  code > 0x20 && !/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Variation_Selector}]/u.test(String.fromCodePoint(code));
