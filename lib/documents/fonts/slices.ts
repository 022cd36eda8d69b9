import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FontFamily } from './families.ts';
import { coverageOf } from './woff2-coverage.ts';

/** One file of a family: its weights, and the characters that it is for. */
export type FontSlice = {
  file: string;
  /** As in CSS: `400`, or `100 900` for a variable font. */
  weight: string;
  unicodeRange: string;
  claims(code: number): boolean;
  /** Whether it has a glyph, too; reads the file the first time. */
  covers(code: number): boolean;
  /** The `@font-face` rule with the font in it. */
  face(): string;
};

const faceRule = /@font-face\s*\{([^}]*)\}/g;
const property = (rule: string, name: string): string =>
  new RegExp(`${name}:\\s*([^;]+);`).exec(rule)?.[1]?.trim() ?? '';

/** The slices that a package's stylesheets name. `directory` is the package's own. */
export function readSlices(family: FontFamily, directory: string): FontSlice[] {
  return family.stylesheets.flatMap((stylesheet) =>
    [...readFileSync(join(directory, stylesheet), 'utf8').matchAll(faceRule)].map(([, rule = '']) =>
      sliceOf(family.name, rule, directory),
    ),
  );
}

const sliceOf = (family: string, rule: string, directory: string): FontSlice => {
  const file = /url\((?:\.\/)?([^)]+\.woff2)\)/.exec(rule)?.[1] ?? '';
  const unicodeRange = property(rule, 'unicode-range');
  const weight = property(rule, 'font-weight');
  const ranges = parseUnicodeRange(unicodeRange);
  const claims = (code: number) => ranges.some(([first, last]) => code >= first && code <= last);
  const read = () => readFileSync(join(directory, file));
  const coverage = once(() => coverageOf(read()));
  const face = once(
    () =>
      `@font-face{font-family:'${family}';font-weight:${weight};src:url(data:font/woff2;base64,${read().toString('base64')});unicode-range:${unicodeRange}}`,
  );
  return {
    file,
    weight,
    unicodeRange,
    claims,
    covers: (code) => claims(code) && coverage().has(code),
    face,
  };
};

const once = <T>(make: () => T): (() => T) => {
  let made: { value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
};

/** The code points of a CSS `unicode-range`, as pairs of first and last; wildcards are not used by the packages. */
export function parseUnicodeRange(range: string): [first: number, last: number][] {
  return range
    .split(',')
    .map((part) => /^\s*U\+([0-9a-f]+)(?:-([0-9a-f]+))?\s*$/i.exec(part))
    .filter((match) => match !== null)
    .map(([, first = '', last = first]) => [Number.parseInt(first, 16), Number.parseInt(last, 16)]);
}
