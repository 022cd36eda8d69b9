import { imageDimensionsFromData } from 'image-dimensions';
import type { Fault } from '#lib/domain/refusal.ts';
import type { Logo } from './html/letterhead.tsx';
import { isWholeJpeg } from './whole-jpeg.ts';
import { isWholePng } from './whole-png.ts';

/** What a logo may be (SET-1). */

/** Bytes: it goes into every page, PDF and e-mail of the account. */
export const longestLogo = 1_048_576;
/** Pixels on a side: whoever shows it unpacks it in memory. */
export const widestLogo = 4_000;

const types = { 'image/png': 'png', 'image/jpeg': 'jpeg' } as const;

const isWhole = { 'image/png': isWholePng, 'image/jpeg': isWholeJpeg };

/** Why the bytes are no logo, as a fault of the whole body; undefined if they are one. */
export const faultOfLogo = async ({ mediaType, bytes }: Logo): Promise<Fault | undefined> => {
  const fault = (code: string, detail: string): Fault => ({ pointer: '', code, detail });
  if (bytes.length > longestLogo) return fault('too_large', `must have at most ${longestLogo} bytes`);
  const size = imageDimensionsFromData(bytes);
  const other = fault('invalid_image', `must be a whole picture of the type ${mediaType}`);
  if (size?.type !== types[mediaType]) return other;
  if (size.width < 1 || size.height < 1) return fault('invalid_image', 'must not be empty');
  if (size.width > widestLogo || size.height > widestLogo)
    return fault('too_many_pixels', `must have at most ${widestLogo} pixels on a side`);
  return (await isWhole[mediaType](bytes)) ? undefined : other;
};
