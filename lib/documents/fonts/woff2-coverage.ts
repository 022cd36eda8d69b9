import { brotliDecompressSync } from 'node:zlib';

/**
 * Which characters a WOFF2 font has a glyph for. The stylesheets' unicode-range says only which ones to look for in a
 * file, and promises many that are not there. Sources: WOFF 2.0 (W3C), sections 4 and 5; OpenType, table `cmap`.
 */

const cmapTag = 0;
const glyfTag = 10;
const locaTag = 11;
const otherTag = 63;
const headerBytes = 48;

/** @throws RangeError if the bytes are no WOFF2 font with a Unicode `cmap` of format 4 or 12. */
export function coverageOf(woff2: Buffer): Set<number> {
  if (woff2.toString('latin1', 0, 4) !== 'wOF2') throw new RangeError('not a WOFF2 font');
  const { start, length, streamStart } = findCmap(woff2);
  const compressed = woff2.readUInt32BE(20);
  const tables = brotliDecompressSync(woff2.subarray(streamStart, streamStart + compressed));
  return readCmap(tables.subarray(start, start + length));
}

const findCmap = (woff2: Buffer): { start: number; length: number; streamStart: number } => {
  let place = headerBytes;
  const base128 = (): number => {
    let value = 0;
    for (;;) {
      const byte = woff2.readUInt8(place++);
      value = value * 128 + (byte & 127);
      if (byte < 128) return value;
    }
  };
  let offset = 0;
  let found: { start: number; length: number } | undefined;
  for (let left = woff2.readUInt16BE(12); left > 0; left -= 1) {
    const flags = woff2.readUInt8(place++);
    const tag = flags & 63;
    if (tag === otherTag) place += 4;
    const original = base128();
    const length = isTransformed(tag, flags >> 6) ? base128() : original;
    if (tag === cmapTag) found = { start: offset, length };
    offset += length;
  }
  if (found === undefined) throw new RangeError('a font without cmap');
  return { ...found, streamStart: place };
};

/** For `glyf` and `loca` version 3 means that they are as they were; for all others 0 does. */
const isTransformed = (tag: number, version: number): boolean =>
  tag === glyfTag || tag === locaTag ? version !== 3 : version !== 0;

const readCmap = (cmap: Buffer): Set<number> => {
  const subtables = Array.from({ length: cmap.readUInt16BE(2) }, (_, index) =>
    cmap.subarray(cmap.readUInt32BE(8 + index * 8)),
  );
  const full = subtables.find((table) => table.readUInt16BE(0) === 12);
  if (full !== undefined) return readFormat12(full);
  const basic = subtables.find((table) => table.readUInt16BE(0) === 4);
  if (basic !== undefined) return readFormat4(basic);
  throw new RangeError('a font without a Unicode cmap');
};

const readFormat12 = (table: Buffer): Set<number> => {
  const covered = new Set<number>();
  for (let group = 0; group < table.readUInt32BE(12); group += 1) {
    const at = 16 + group * 12;
    for (let code = table.readUInt32BE(at); code <= table.readUInt32BE(at + 4); code += 1) covered.add(code);
  }
  return covered;
};

const readFormat4 = (table: Buffer): Set<number> => {
  const covered = new Set<number>();
  const size = table.readUInt16BE(6);
  for (let segment = 0; segment < size; segment += 2) {
    const [end, start, delta, offsetAt] = [
      table.readUInt16BE(14 + segment),
      table.readUInt16BE(16 + size + segment),
      table.readUInt16BE(16 + size * 2 + segment),
      16 + size * 3 + segment,
    ];
    const offset = table.readUInt16BE(offsetAt);
    for (let code = start; code <= end && code !== 0xffff; code += 1) {
      const glyph =
        offset === 0 ? (code + delta) & 0xffff : table.readUInt16BE(offsetAt + offset + (code - start) * 2);
      if (glyph !== 0) covered.add(code);
    }
  }
  return covered;
};
