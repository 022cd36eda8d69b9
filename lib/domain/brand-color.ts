/** The seller's colour, as it may be shown: always legible (WCAG 2.2, 1.4.3: contrast of 4.5 to 1). */

type Rgb = readonly [red: number, green: number, blue: number];

const white: Rgb = [255, 255, 255];
const black: Rgb = [0, 0, 0];
const enough = 4.5;
/** Where the seller chose no colour. */
const standard: Rgb = [31, 78, 121];

const parse = (color: string | undefined): Rgb | undefined => {
  const match = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(color ?? '');
  if (match === null) return undefined;
  const [red = 0, green = 0, blue = 0] = match.slice(1).map((pair) => Number.parseInt(pair, 16));
  return [red, green, blue];
};

const hex = (rgb: Rgb): string => `#${rgb.map((part) => part.toString(16).padStart(2, '0')).join('')}`;

const linear = (part: number): number => {
  const share = part / 255;
  return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
};
const luminance = ([red, green, blue]: Rgb): number =>
  0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);

const contrast = (one: Rgb, other: Rgb): number => {
  const [lower = 0, higher = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (higher + 0.05) / (lower + 0.05);
};

/** The contrast of two colours of the form `#rrggbb`, from 1 to 21 (WCAG 2.2). */
export const contrastOf = (one: string, other: string): number =>
  contrast(parse(one) ?? black, parse(other) ?? black);

const mixed = (from: Rgb, to: Rgb, share: number): Rgb => {
  const at = (index: 0 | 1 | 2) => Math.round(from[index] + (to[index] - from[index]) * share);
  return [at(0), at(1), at(2)];
};

/** The colour itself, or as much nearer to `toward` as it takes to be read on the ground. */
const legibleOn = (ground: Rgb, color: Rgb, toward: Rgb): Rgb => {
  for (let step = 0; step < 20; step += 1) {
    const candidate = mixed(color, toward, step / 20);
    if (contrast(candidate, ground) >= enough) return candidate;
  }
  return toward;
};

/** `fill` with `onFill` written on it; `text` to be read on the ground. All `#rrggbb`. */
export type Accent = { readonly fill: string; readonly onFill: string; readonly text: string };

/**
 * The accent that a seller's colour gives on a ground.
 * @param brandColor `#rrggbb`; anything else counts as none
 * @param ground `#rrggbb`, what text in the accent stands on
 */
export const accentOf = (brandColor: string | undefined, ground: string): Accent => {
  const color = parse(brandColor) ?? standard;
  const behind = parse(ground) ?? white;
  const toward = luminance(behind) > 0.18 ? black : white;
  // One of black and white always has a contrast of at least 4.58 to any colour.
  const onFill = contrast(white, color) >= enough ? white : black;
  return { fill: hex(color), onFill: hex(onFill), text: hex(legibleOn(behind, color, toward)) };
};
