import { deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { faultOfLogo } from '#lib/documents/logo-image.ts';
import { jpeg, png, pngOf } from '#test/support/pictures.ts';

const red = [200, 30, 30];
const invalid = { pointer: '', code: 'invalid_image' };
const asPng = (bytes: Uint8Array) => faultOfLogo({ mediaType: 'image/png', bytes });
const asJpeg = (bytes: Uint8Array) => faultOfLogo({ mediaType: 'image/jpeg', bytes });

/** A PNG of 120 to 40 pixels with this instead of their data; `interlace` 1 as Adam7 has them. */
const withPixels = (data: Buffer, interlace = 0) => pngOf({ width: 120, height: 40, interlace }, data);
const rows = 40 * (1 + 120 * 3);
const ofZeros = (count: number) => deflateSync(Buffer.alloc(count));

describe('a logo', () => {
  it('SET-1: is a PNG or a JPEG', async () => {
    expect(await asPng(png(120, 40, red))).toBeUndefined();
    expect(await asJpeg(jpeg)).toBeUndefined();
  });

  it('SET-1: is what it claims to be', async () => {
    expect(await asJpeg(png(120, 40, red))).toMatchObject(invalid);
    expect(await asPng(jpeg)).toMatchObject(invalid);
    expect(await asPng(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'))).toMatchObject(invalid);
    expect(await asPng(Buffer.alloc(0))).toMatchObject(invalid);
  });

  it('SET-1: is whole', async () => {
    const picture = png(120, 40, red);
    expect(await asPng(picture.subarray(0, picture.length - 5))).toMatchObject({ code: 'invalid_image' });
    expect(await asPng(picture.subarray(0, 20))).toMatchObject({ code: 'invalid_image' });
    expect(await asJpeg(jpeg.subarray(0, jpeg.length - 2))).toMatchObject({ code: 'invalid_image' });
  });

  it('SET-1: has its pixels, not only the beginning and the end of a picture', async () => {
    expect(await asPng(withPixels(ofZeros(rows)))).toBeUndefined();
    expect(await asPng(withPixels(Buffer.from('no pixels')))).toMatchObject(invalid);
    expect(await asPng(withPixels(ofZeros(rows - 1)))).toMatchObject(invalid);
    expect(await asPng(withPixels(ofZeros(50_000_000)))).toMatchObject(invalid);
    // Adam7 has rows of 15, 15, 30, 30, 60, 60 and 120 pixels: 5, 5, 5, 10, 10, 20 and 20 of them.
    const passes = [
      [15, 5],
      [15, 5],
      [30, 5],
      [30, 10],
      [60, 10],
      [60, 20],
      [120, 20],
    ];
    const interlaced = passes.reduce((sum, [columns = 0, count = 0]) => sum + count * (1 + columns * 3), 0);
    expect(await asPng(withPixels(ofZeros(interlaced), 1))).toBeUndefined();
    expect(await asPng(withPixels(ofZeros(rows), 1))).toMatchObject(invalid);
    expect(await asPng(withPixels(ofZeros(rows), 2))).toMatchObject(invalid);
  });

  it('SET-1: has checksums that are right, its end at the end, and data', async () => {
    const picture = png(120, 40, red);
    expect(await asPng(Buffer.concat([picture, Buffer.from('behind')]))).toMatchObject(invalid);
    const flipped = Buffer.from(picture);
    flipped[picture.indexOf('IDAT') + 6] = (flipped[picture.indexOf('IDAT') + 6] ?? 0) ^ 1;
    expect(await asPng(flipped)).toMatchObject(invalid);
    const header = picture.subarray(0, 33);
    const end = picture.subarray(picture.length - 12);
    expect(await asPng(Buffer.concat([header, end]))).toMatchObject(invalid);
    expect(await asPng(Buffer.concat([header, Buffer.from('garbage'), end]))).toMatchObject(invalid);
  });

  it('SET-1: a JPEG has a frame and a scan, and nothing behind', async () => {
    expect(await asJpeg(Buffer.concat([jpeg, Buffer.from('behind')]))).toMatchObject(invalid);
    const scan = jpeg.indexOf(Buffer.from([0xff, 0xda]));
    const end = Buffer.from([0xff, 0xd9]);
    for (const data of ['', 'garbage'])
      expect(await asJpeg(Buffer.concat([jpeg.subarray(0, scan), Buffer.from(data), end]))).toMatchObject(
        invalid,
      );
  });

  it('SET-1: has 1,048,576 bytes at most', async () => {
    const padding = 1_048_576 - png(1, 1, red, 1).length + 1;
    expect(png(1, 1, red, padding)).toHaveLength(1_048_576);
    expect(await asPng(png(1, 1, red, padding))).toBeUndefined();
    expect(await asPng(png(1, 1, red, padding + 1))).toMatchObject({ pointer: '', code: 'too_large' });
  });

  it('SET-1: has 4,000 pixels a side at most, and one at least', async () => {
    expect(await asPng(png(4_000, 1, red))).toBeUndefined();
    expect(await asPng(png(4_001, 1, red))).toMatchObject({ code: 'too_many_pixels' });
    expect(await asPng(png(1, 4_001, red))).toMatchObject({ code: 'too_many_pixels' });
    expect(await asPng(png(0, 1, red))).toMatchObject({ code: 'invalid_image' });
  });
});
