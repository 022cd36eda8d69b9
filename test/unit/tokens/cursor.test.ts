import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCursor, writeCursor } from '#lib/tokens/cursor.ts';
import { refusalOf } from '#test/unit/domain/invoice/refusal-of.ts';

const secret = Buffer.alloc(32, 's').toString('base64');
const other = Buffer.alloc(32, 't').toString('base64');

describe('a cursor', () => {
  it('API-4: gives back the position, whatever it is', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.string(), (position, scope) => {
        const read = readCursor(writeCursor(position, scope, secret), scope, secret);
        expect(JSON.stringify(read)).toBe(JSON.stringify(position));
      }),
    );
  });

  it('API-4: of another list, another secret, or changed in any bit is refused', () => {
    const cursor = writeCursor({ after: 'V#1' }, 'list', secret);
    expect(refusalOf(() => readCursor(cursor, 'other list', secret))).toBe('invalid_cursor');
    expect(refusalOf(() => readCursor(cursor, 'list', other))).toBe('invalid_cursor');
    const bytes = Buffer.from(cursor, 'base64url');
    for (let bit = 0; bit < bytes.length * 8; bit++) {
      const changed = Buffer.from(bytes);
      changed[bit >> 3] = (changed[bit >> 3] as number) ^ (1 << (bit & 7));
      expect(refusalOf(() => readCursor(changed.toString('base64url'), 'list', secret))).toBe(
        'invalid_cursor',
      );
    }
    for (const text of ['', 'A', `${cursor}=`, `${cursor}A`])
      expect(refusalOf(() => readCursor(text, 'list', secret))).toBe('invalid_cursor');
  });

  it('API-4: a scope can’t run over into the position', () => {
    const cursor = writeCursor('x', 'a', secret);
    expect(refusalOf(() => readCursor(cursor, 'a\n"x"', secret))).toBe('invalid_cursor');
  });
});
