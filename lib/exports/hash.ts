import { createSHA256 } from 'hash-wasm';

/** SHA-256 whose state can be kept between two steps: of the bytes so far, in base64. */
export const hashOn = async (
  state: string | undefined,
  bytes: Uint8Array,
): Promise<{ state: string; digest: string }> => {
  const hash = await createSHA256();
  if (state === undefined) hash.init();
  else hash.load(Buffer.from(state, 'base64'));
  hash.update(bytes);
  const saved = Buffer.from(hash.save()).toString('base64');
  return { state: saved, digest: hash.digest('hex') };
};
