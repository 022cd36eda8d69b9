import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { newId } from '#lib/data/ids.ts';
import { linkToken, readLinkToken } from '#lib/tokens/link-token.ts';
import { bytesOfId, idOfBytes } from '#lib/tokens/ulid-bytes.ts';

const secret = (letter: string) => Buffer.alloc(32, letter).toString('base64');
const keys = { current: 1, secrets: { 1: secret('a') } };
const at = '2027-03-10T12:00:00.000Z';
const ids = { accountId: newId('acc', at), invoiceId: newId('inv', at), linkId: newId('lnk', at) };

describe('a link’s token', () => {
  it('LINK-2: names its ids, and is the same whenever it is made', () => {
    const token = linkToken(ids, keys);
    expect(token).toMatch(/^[\w-]{92}$/);
    expect(linkToken(ids, keys)).toBe(token);
    expect(readLinkToken(token, keys)).toEqual(ids);
  });

  it('LINK-2: with any bit changed is none', () => {
    const token = Buffer.from(linkToken(ids, keys), 'base64url');
    for (let bit = 0; bit < token.length * 8; bit++) {
      const other = Buffer.from(token);
      other[bit >> 3] = (other[bit >> 3] as number) ^ (1 << (bit & 7));
      expect(readLinkToken(other.toString('base64url'), keys)).toBeUndefined();
    }
  });

  it('LINK-2: is written in one way alone', () => {
    const token = linkToken(ids, keys);
    for (const other of [`${token}=`, ` ${token}`, `${token}\n`, token.slice(1), `${token}A`, '', '-'])
      expect(readLinkToken(other, keys)).toBeUndefined();
    fc.assert(
      fc.property(fc.string({ maxLength: 200 }), (text) => {
        expect(readLinkToken(text, keys)).toBeUndefined();
      }),
    );
  });

  it('LINK-2: outlives a rotation, and ends with its secret’s version', () => {
    const token = linkToken(ids, keys);
    const both = { current: 2, secrets: { 1: secret('a'), 2: secret('b') } };
    expect(readLinkToken(token, both)).toEqual(ids);
    expect(linkToken(ids, both)).not.toBe(token);
    expect(readLinkToken(linkToken(ids, both), both)).toEqual(ids);
    expect(readLinkToken(token, { current: 2, secrets: { 2: secret('b') } })).toBeUndefined();
    expect(readLinkToken(token, { current: 1, secrets: { 1: secret('b') } })).toBeUndefined();
    expect(() => linkToken(ids, { current: 3, secrets: keys.secrets })).toThrow('version 3');
  });

  it('LINK-2: a version of the secret is no name of anything else', () => {
    const token = Buffer.from(linkToken(ids, keys), 'base64url');
    for (let version = 0; version < 256; version++) {
      token[0] = version;
      const read = readLinkToken(token.toString('base64url'), keys);
      expect(read).toEqual(version === 1 ? ids : undefined);
    }
  });
});

describe('a ULID in bytes', () => {
  it('LINK-2: is the same ULID again', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 16, maxLength: 16 }), (bytes) => {
        const id = idOfBytes('inv', bytes);
        expect(id).toMatch(/^inv_[0-7][0-9A-HJKMNP-TV-Z]{25}$/);
        expect(bytesOfId(id).equals(Buffer.from(bytes))).toBe(true);
      }),
    );
  });
});
