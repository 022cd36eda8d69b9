import { describe, expect, it } from 'vitest';
import type { Invoice } from '#lib/domain/invoice/invoice.ts';
import { checkFilter } from '#lib/domain/search/check-filter.ts';
import { foldCase } from '#lib/domain/search/fold.ts';
import { matcherOf } from '#lib/domain/search/match.ts';
import { reachOf } from '#lib/search/reach.ts';
import { draftOf } from '#test/unit/domain/invoice/invoice-builders.ts';

const titled = (title: string): Invoice => draftOf({ title });
const found = (query: string, title: string): boolean =>
  matcherOf({ filter: [], query }, '2027-03-10')(titled(title));

describe('a text without regard to case', () => {
  it.each(['\u0390', '\u03b0', '\u1fd3', '\u01f0', '\u1e96'])(
    'FILT-1: %s is the same in each case and normal form',
    (letter) => {
      const all = [
        letter,
        letter.toUpperCase(),
        letter.normalize('NFD'),
        letter.toUpperCase().normalize('NFD'),
      ];
      const folded = all.flatMap((text) => [foldCase(text), foldCase(text.normalize('NFC'))]);
      expect(new Set(folded).size).toBe(1);
    },
  );
});

describe('a query', () => {
  it.each(['\u0301', '\u00b4', '\u0640'])('FILT-1: of the mark %j alone does not find everything', (mark) => {
    expect(found(mark, 'Consulting')).toBe(false);
    expect(found(` ${mark} `, `a${mark}`.normalize('NFD'))).toBe(mark !== '\u0301');
    expect(found(`consult${mark}`, 'Consulting')).toBe(true);
  });

  it('FILT-1: that is blank finds everything', () => {
    expect(found(' ', 'Consulting')).toBe(true);
  });
});

describe('an amount of a filter', () => {
  it.each(['-0', '-0.00', '0'])('FILT-5: %s is zero, in the order of totals too', (value) => {
    const filters = [{ property: 'total', operator: 'EQ', value }];
    const { filter, faults } = checkFilter([{ filters }], []);
    expect(faults).toEqual([]);
    const plain = checkFilter([{ filters: [{ ...filters[0], value: '0' }] }], []).filter;
    const reach = (branches: typeof filter) => reachOf(branches[0] ?? [], 'byTotal');
    expect(reach(filter)).toEqual(reach(plain));
  });
});
