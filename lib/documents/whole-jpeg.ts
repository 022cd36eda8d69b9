/** Markers of JPEG (ITU-T T.81, B.1.1.3): the second byte, after 0xff. */
const startOfImage = 0xd8;
const endOfImage = 0xd9;
const startOfScan = 0xda;
const isFrame = (marker: number): boolean =>
  marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
/** Within the data of a scan: a byte 0xff of the data itself, a restart, or a filling. */
const isOfScan = (marker: number | undefined): boolean =>
  marker === 0 || marker === 0xff || (marker !== undefined && marker >= 0xd0 && marker <= 0xd7);

/** Where the next marker stands after a scan's data. */
const afterScan = (jpeg: Buffer, from: number): number => {
  for (let at = jpeg.indexOf(0xff, from); at !== -1; at = jpeg.indexOf(0xff, at + 1))
    if (!isOfScan(jpeg[at + 1])) return at;
  return jpeg.length;
};

/** Whether the bytes are a JPEG from its start to its end, with a frame and a scan, and nothing behind. */
export const isWholeJpeg = (bytes: Uint8Array): boolean => {
  const jpeg = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  if (jpeg[0] !== 0xff || jpeg[1] !== startOfImage) return false;
  const seen = { frame: false, scan: false };
  for (let at = 2; at + 2 <= jpeg.length && jpeg[at] === 0xff; ) {
    const marker = jpeg[at + 1] ?? 0;
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    if (marker === endOfImage) return seen.scan && at + 2 === jpeg.length;
    if (at + 4 > jpeg.length) return false;
    const length = jpeg.readUInt16BE(at + 2);
    const end = at + 2 + length;
    if (length < 2 || end > jpeg.length) return false;
    if (isFrame(marker)) seen.frame = true;
    if (marker === startOfScan && !seen.frame) return false;
    at = marker === startOfScan ? afterScan(jpeg, end) : end;
    if (marker === startOfScan) seen.scan = true;
  }
  return false;
};
