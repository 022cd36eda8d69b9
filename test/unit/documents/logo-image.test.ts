import { describe, expect, it } from 'vitest';
import { faultOfLogo } from '#lib/documents/logo-image.ts';
import { jpeg, png } from '#test/support/pictures.ts';

const red = [200, 30, 30];
const asPng = (bytes: Uint8Array) => faultOfLogo({ mediaType: 'image/png', bytes });
const asJpeg = (bytes: Uint8Array) => faultOfLogo({ mediaType: 'image/jpeg', bytes });

describe('a logo', () => {
  it('SET-1: is a PNG or a JPEG', () => {
    expect(asPng(png(120, 40, red))).toBeUndefined();
    expect(asJpeg(jpeg)).toBeUndefined();
  });

  it('SET-1: is what it claims to be', () => {
    const invalid = { pointer: '', code: 'invalid_image' };
    expect(asJpeg(png(120, 40, red))).toMatchObject(invalid);
    expect(asPng(jpeg)).toMatchObject(invalid);
    expect(asPng(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'))).toMatchObject(invalid);
    expect(asPng(Buffer.alloc(0))).toMatchObject(invalid);
  });

  it('SET-1: is whole', () => {
    const picture = png(120, 40, red);
    expect(asPng(picture.subarray(0, picture.length - 5))).toMatchObject({ code: 'invalid_image' });
    expect(asPng(picture.subarray(0, 20))).toMatchObject({ code: 'invalid_image' });
    expect(asJpeg(jpeg.subarray(0, jpeg.length - 2))).toMatchObject({ code: 'invalid_image' });
  });

  it('SET-1: has 1,048,576 bytes at most', () => {
    const padding = 1_048_576 - png(1, 1, red, 1).length + 1;
    expect(png(1, 1, red, padding)).toHaveLength(1_048_576);
    expect(asPng(png(1, 1, red, padding))).toBeUndefined();
    expect(asPng(png(1, 1, red, padding + 1))).toMatchObject({ pointer: '', code: 'too_large' });
  });

  it('SET-1: has 4,000 pixels a side at most, and one at least', () => {
    expect(asPng(png(4_000, 1, red))).toBeUndefined();
    expect(asPng(png(4_001, 1, red))).toMatchObject({ code: 'too_many_pixels' });
    expect(asPng(png(1, 4_001, red))).toMatchObject({ code: 'too_many_pixels' });
    expect(asPng(png(0, 1, red))).toMatchObject({ code: 'invalid_image' });
  });
});
