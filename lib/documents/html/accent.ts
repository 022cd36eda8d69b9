/** Colours as `#rrggbb`. Contrast after WCAG 2.2, "relative luminance" and "contrast ratio". */

/** What an invoice without a brand colour has: a quiet ink blue. */
const fallback = '#1f3a5f';
const white = 1;
/** WCAG 2.2, 1.4.3: what text of any size needs. */
const leastContrast = 4.5;

type Rgb = readonly [red: number, green: number, blue: number];

const parse = (color: string): Rgb =>
  [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16)) as never;
const write = (rgb: Rgb): string =>
  `#${rgb.map((part) => Math.round(part).toString(16).padStart(2, '0')).join('')}`;

const luminance = (rgb: Rgb): number => {
  const [red, green, blue] = rgb.map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as unknown as Rgb;
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
};

/** The contrast of a colour with white paper, from 1 to 21. */
export const contrastWithWhite = (color: string): number => (white + 0.05) / (luminance(parse(color)) + 0.05);

const darker = ([red, green, blue]: Rgb): Rgb => [red * 0.94, green * 0.94, blue * 0.94];

/** A brand's colour is decoration as it is, and text only as dark as it must be to be read on white. */
export type Accent = { fill: string; text: string };

const isVisible = (color: string): boolean =>
  /^#[0-9a-f]{6}$/i.test(color) && contrastWithWhite(color) > 1.15;

/** The accent of a brand colour; of none, or one that can't be told from paper, that of the fallback. */
export function accentOf(brandColor: string | undefined): Accent {
  const fill = brandColor !== undefined && isVisible(brandColor) ? brandColor : fallback;
  let text = parse(fill);
  while (contrastWithWhite(write(text)) < leastContrast) text = darker(text);
  return { fill, text: write(text) };
}
