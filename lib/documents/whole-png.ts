import { crc32, createInflate } from 'node:zlib';

type Chunk = { type: string; data: Buffer };

const signature = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');
/** Length, type and checksum, around a chunk's data. */
const frameBytes = 12;

/** The chunks to the very end of the bytes; undefined where they are cut off, or a checksum is wrong. */
const chunksOf = (png: Buffer): Chunk[] | undefined => {
  const chunks: Chunk[] = [];
  for (let at = signature.length; at < png.length; ) {
    if (at + frameBytes > png.length) return undefined;
    const end = at + frameBytes + png.readUInt32BE(at);
    if (end > png.length || crc32(png.subarray(at + 4, end - 4)) !== png.readUInt32BE(end - 4))
      return undefined;
    chunks.push({ type: png.toString('latin1', at + 4, at + 8), data: png.subarray(at + 8, end - 4) });
    at = end;
  }
  return chunks;
};

/** How many values a pixel has, by the type of its colour. */
const samples: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };
const depths = [1, 2, 4, 8, 16];

/** The passes in which the pixels come: where each begins, and the steps to its next column and row. */
const onePass = [[0, 0, 1, 1]] as const;
const interlaced = [
  ...([
    [0, 0, 8, 8],
    [4, 0, 8, 8],
    [0, 4, 4, 8],
    [2, 0, 4, 4],
  ] as const),
  ...([
    [0, 2, 2, 4],
    [1, 0, 2, 2],
    [0, 1, 1, 2],
  ] as const),
] as const;

/** Bytes of the unpacked pixels, each row with the byte of its filter; undefined for a header that says no picture. */
const unpackedBytes = (header: Buffer): number | undefined => {
  if (header.length !== 13) return undefined;
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)];
  const [depth = 0, color = -1, compression, filter, interlace = -1] = header.subarray(8);
  const values = samples[color];
  const passes = [onePass, interlaced][interlace];
  if (
    !depths.includes(depth) ||
    values === undefined ||
    passes === undefined ||
    compression !== 0 ||
    filter !== 0
  )
    return undefined;
  return passes.reduce((sum, [left, top, across, down]) => {
    const columns = Math.ceil((width - left) / across);
    const rows = Math.ceil((height - top) / down);
    return columns > 0 && rows > 0 ? sum + rows * (1 + Math.ceil((columns * values * depth) / 8)) : sum;
  }, 0);
};

/** How much the data unpacks to; more than `most` is not looked at, nor is any of it kept. @throws Error for other data */
const inflatedBytes = async (data: Buffer, most: number): Promise<number> => {
  let bytes = 0;
  const inflate = createInflate();
  inflate.end(data);
  for await (const part of inflate) {
    bytes += part.length;
    if (bytes > most) break;
  }
  return bytes;
};

/** Whether the bytes are a PNG from its header to its end, with all its pixels, and nothing behind. */
export const isWholePng = async (bytes: Uint8Array): Promise<boolean> => {
  const png = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  if (!png.subarray(0, signature.length).equals(signature)) return false;
  const chunks = chunksOf(png) ?? [];
  const [header] = chunks;
  const ends = chunks.findIndex(({ type }) => type === 'IEND');
  if (header?.type !== 'IHDR' || ends !== chunks.length - 1) return false;
  const expected = unpackedBytes(header.data);
  if (expected === undefined) return false;
  const pixels = Buffer.concat(chunks.filter(({ type }) => type === 'IDAT').map(({ data }) => data));
  return (await inflatedBytes(pixels, expected).catch(() => -1)) === expected;
};
