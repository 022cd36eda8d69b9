const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** The 16 bytes that a prefixed ULID stands for. */
export const bytesOfId = (id: string): Buffer => {
  let value = 0n;
  for (const letter of id.slice(id.indexOf('_') + 1)) value = value * 32n + BigInt(alphabet.indexOf(letter));
  return Buffer.from(value.toString(16).padStart(32, '0'), 'hex');
};

/** The prefixed ULID of 16 bytes. */
export const idOfBytes = (prefix: string, bytes: Uint8Array): string => {
  let value = BigInt(`0x${Buffer.from(bytes).toString('hex')}`);
  let letters = '';
  for (let place = 0; place < 26; place++) {
    letters = alphabet[Number(value % 32n)] + letters;
    value /= 32n;
  }
  return `${prefix}_${letters}`;
};
