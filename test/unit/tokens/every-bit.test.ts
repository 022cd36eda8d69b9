import { describe, expect, it } from 'vitest';
import { newId } from '#lib/data/ids.ts';
import { exportToken, readExportToken } from '#lib/tokens/export-token.ts';
import { previewToken, readPreviewToken } from '#lib/tokens/preview-token.ts';

const at = '2027-03-10T12:00:00.000Z';
const now = Date.parse(at) / 1_000;
const secret = Buffer.alloc(32, 'a').toString('base64');
const secrets = { links: { current: 1, secrets: { 1: secret } }, cursors: secret };
const accountId = newId('acc', at);

const everyBitChanged = (token: string): string[] => {
  const bytes = Buffer.from(token, 'base64url');
  return Array.from({ length: bytes.length * 8 }, (_, bit) => {
    const other = Buffer.from(bytes);
    other[bit >> 3] = (other[bit >> 3] as number) ^ (1 << (bit & 7));
    return other.toString('base64url');
  });
};

describe('a token with any bit changed', () => {
  it('EXP-4: of an export’s link is none', () => {
    const ids = { accountId, exportId: newId('exp', at) };
    const token = exportToken(ids, secrets);
    expect(readExportToken(token, secrets)).toEqual(ids);
    for (const other of everyBitChanged(token)) expect(readExportToken(other, secrets)).toBeUndefined();
  });

  it('LIFE-10: of a preview is none, its end included', () => {
    const preview = { accountId, invoiceId: newId('inv', at), expiresAt: now + 300 };
    const token = previewToken(preview, secrets);
    expect(readPreviewToken(token, secrets, now)).toEqual(preview);
    expect(readPreviewToken(token, secrets, now + 300)).toBeUndefined();
    for (const other of everyBitChanged(token)) expect(readPreviewToken(other, secrets, now)).toBeUndefined();
  });
});
