import { describe, expect, it } from 'vitest';
import { parseDecimal } from '#lib/domain/decimal.ts';
import { documentWording } from '#lib/domain/wording/document.ts';
import { languages } from '#lib/domain/wording/language.ts';
import * as registry from '#lib/domain/wording/languages.ts';

const { document: arabic } = registry.arabic;
const { document: english } = registry.english;
const { document: french } = registry.french;

describe('the wording of documents', () => {
  it('PDF-1: is that of the language, whatever the region', () => {
    expect(documentWording('fr')).toBe(french);
    expect(documentWording('fr-CA')).toBe(french);
    expect(documentWording('en-US')).toBe(english);
  });

  it('PDF-1: is English where there is none', () => {
    expect(documentWording('nl')).toBe(english);
  });

  it.each(languages.map(({ document }) => document))(
    'PDF-1: names the same units and reasons in $language as in English',
    (wording) => {
      expect(Object.keys(wording.units)).toEqual(Object.keys(english.units));
      expect(Object.keys(wording.tax.reasons)).toEqual(Object.keys(english.tax.reasons));
      expect(Object.keys(wording.payment.meansNames)).toEqual(Object.keys(english.payment.meansNames));
    },
  );

  it('PDF-1: counts as the language does: 1.5 is singular in French, plural in English', () => {
    expect(french.plural(parseDecimal('1.5'))).toBe('one');
    expect(english.plural(parseDecimal('1.5'))).toBe('other');
    expect(english.plural(parseDecimal('1.00'))).toBe('one');
    expect(french.plural(parseDecimal('2'))).toBe('other');
    expect(['1', '3', '10', '11'].map((count) => arabic.plural(parseDecimal(count)))).toEqual([
      'one',
      'other',
      'other',
      'one',
    ]);
  });

  it('VOID-4: has its own word for void in each language', () => {
    expect(english.marks.voided).toBe('Void');
    expect(french.marks.voided).toBe('Annulée');
    expect(arabic.marks.voided).toBe('ملغاة');
  });
});
