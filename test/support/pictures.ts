import { crc32, deflateSync } from 'node:zlib';

/** Pictures for tests. */

const chunk = (type: string, data: Buffer): Buffer => {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(crc32(named), 4);
  return Buffer.concat([frame.subarray(0, 4), named, frame.subarray(4)]);
};

/** A PNG of that size, of eight bits a channel, red, green and blue, with these bytes as its packed pixels. */
export const pngOf = (
  { width, height, interlace = 0 }: { width: number; height: number; interlace?: number },
  pixels: Buffer,
  padding = 0,
): Buffer => {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, interlace], 8);
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', header),
    ...(padding > 0
      ? [chunk('tEXt', Buffer.concat([Buffer.from('pad\0'), Buffer.alloc(padding, 'x')]))]
      : []),
    chunk('IDAT', pixels),
    chunk('IEND', Buffer.alloc(0)),
  ]);
};

/** A PNG of one colour, `[red, green, blue]`; `padding` bytes of text make it larger. */
export const png = (width: number, height: number, color: readonly number[], padding = 0): Buffer => {
  const row = Buffer.concat([Buffer.from([0]), ...Array.from({ length: width }, () => Buffer.from(color))]);
  const rows = Buffer.concat(Array.from({ length: height }, () => row));
  return pngOf({ width, height }, deflateSync(rows), padding);
};

/** A PNG of a bitmap: four bytes a pixel, blue, green, red and alpha. */
export const pngOfBitmap = ({
  width,
  height,
  data,
}: {
  width: number;
  height: number;
  data: Uint8Array;
}): Buffer => {
  const rows = Buffer.alloc(height * (1 + width * 3));
  for (let pixel = 0; pixel < width * height; pixel++) {
    const at = Math.floor(pixel / width) * (1 + width * 3) + 1 + (pixel % width) * 3;
    for (let channel = 0; channel < 3; channel++) rows[at + channel] = data[pixel * 4 + 2 - channel] ?? 0;
  }
  return pngOf({ width, height }, deflateSync(rows));
};

/** A JPEG of one pixel. */
export const jpeg = Buffer.concat([
  Buffer.from(
    '/9j/4AAQSkZJRgABAQEASABIAAD/2wBDAP//////////////////////////////////////////////////////////////////////////////////////wgALCAABAAEBAREA/8QAFBABAAAAAAAAAAAAAAAAAAAAAP/aAAgBAQABPxA=',
    'base64',
  ),
  Buffer.from([0xff, 0xd9]),
]);
