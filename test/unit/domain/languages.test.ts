import { describe, expect, it } from 'vitest';
import { isLanguage } from '#lib/domain/codes.ts';
import { parseDecimal } from '#lib/domain/decimal.ts';
import { headerProperties } from '#lib/domain/invoice/property-catalogue.ts';
import { changeWordingOf } from '#lib/domain/wording/change.ts';
import { columnLabel } from '#lib/domain/wording/columns.ts';
import { documentWording } from '#lib/domain/wording/document.ts';
import { emailWordingOf } from '#lib/domain/wording/email.ts';
import { exportLinkWordingOf } from '#lib/domain/wording/export-link.ts';
import { type Language, languageNamed, languages } from '#lib/domain/wording/language.ts';
import { english } from '#lib/domain/wording/languages.ts';
import { pageWordingOf } from '#lib/domain/wording/page.ts';
import { receiptWordingOf } from '#lib/domain/wording/receipt.ts';
import { senderCodeWordingOf } from '#lib/domain/wording/sender-code.ts';

type Sentence = (...given: unknown[]) => string;

/** Every word and sentence by its path: `page.status.open`. The tag of the language is none of them. */
const wordsOf = (value: unknown, path = ''): [path: string, words: string | Sentence][] => {
  if (typeof value === 'string') return [[path, value]];
  if (typeof value === 'function') return [[path, value as Sentence]];
  return Object.entries(value as object)
    .filter(([name]) => name !== 'language' || path === 'columns')
    .flatMap(([name, inner]) => wordsOf(inner, path === '' ? name : `${path}.${name}`));
};

/** How many values a sentence is given: as many as the language takes that takes the most. */
const given = new Map<string, number>();
for (const [path, words] of languages.flatMap((language) => wordsOf(language)))
  if (typeof words === 'function') given.set(path, Math.max(words.length, given.get(path) ?? 0));

/** What stands for the values; names of lines are a list. */
const markersOf = (path: string): string[] =>
  Array.from({ length: given.get(path) ?? 0 }, (_, place) => `⟨${place}⟩`);
const said = (path: string, words: string | Sentence): string => {
  if (typeof words === 'string') return words;
  const [first, ...others] = markersOf(path);
  return words(path === 'change.andMore' ? [first] : first, ...others);
};
/** How the language counts is a rule, and no sentence. */
const saidIn = (language: Language): [path: string, text: string][] =>
  wordsOf(language)
    .filter(([path]) => path !== 'document.plural')
    .map(([path, words]) => [path, said(path, words)]);

/** Two words or more that are no abbreviations: no two languages say that alike, as they may `Total` or `SEPA`. */
const isPhrase = (text: string): boolean => (text.match(/\p{L}\p{Ll}+/gu) ?? []).length > 1;

const everyFamily = (tag: string): Omit<Language, 'language' | 'columns'> => ({
  page: pageWordingOf(tag),
  document: documentWording(tag),
  email: emailWordingOf(tag),
  change: changeWordingOf(tag),
  receipt: receiptWordingOf(tag),
  exportLink: exportLinkWordingOf(tag),
  senderCode: senderCodeWordingOf(tag),
});
const columnNames = [...headerProperties.map(({ name }) => name), 'customProperties'] as const;
const columnsIn = (tag: string) =>
  Object.fromEntries(columnNames.map((name) => [name, columnLabel(name, tag)]));

describe('languages', () => {
  it('are en, fr and ar at least, each once, by the primary subtag alone', () => {
    const tags = languages.map(({ language }) => language);
    expect(tags).toEqual(expect.arrayContaining(['en', 'fr', 'ar']));
    expect(new Set(tags).size).toBe(tags.length);
    for (const tag of tags) {
      expect(isLanguage(tag)).toBe(true);
      expect(new Intl.Locale(tag).language).toBe(tag);
    }
  });

  it('are English where there is none, or where the tag is none', () => {
    for (const tag of ['zxx', 'zxx-BE', '', 'fr_CA', 'nonsense!', undefined])
      expect(languageNamed(tag)).toBe(english);
    expect(everyFamily('zxx')).toEqual(everyFamily('en'));
    expect(columnsIn('zxx')).toEqual(english.columns);
  });

  it('leave what is no column as it is called', () => {
    for (const { language } of languages) expect(columnLabel('costCentre', language)).toBe('costCentre');
  });
});

describe.each(languages.map((language) => [language.language, language] as const))('%s', (tag, language) => {
  it('answers in every family, whatever the region and the case', () => {
    const { language: _tag, columns, ...families } = language;
    for (const asked of [tag, tag.toUpperCase(), `${tag}-CH`, `${tag}-Latn-CH`]) {
      const answers = everyFamily(asked);
      for (const [name, words] of Object.entries(families))
        expect(answers[name as keyof typeof answers], `${name} in ${asked}`).toBe(words);
      expect(columnsIn(asked)).toEqual(columns);
    }
  });

  it('says in every family which language it is, where that is said', () => {
    const { language: _tag, columns: _columns, ...families } = language;
    for (const [name, words] of Object.entries(families))
      expect('language' in words ? words.language : tag, name).toBe(tag);
  });

  it('says all that English says, and no more', () => {
    const kinds = (of: Language) => wordsOf(of).map(([path, words]) => `${path}: ${typeof words}`);
    expect(kinds(language).sort()).toEqual(kinds(english).sort());
  });

  it('says nothing with nothing', () => {
    const empty = saidIn(language).filter(([, text]) => text.trim() === '');
    expect(empty).toEqual([]);
  });

  it('repeats all that a sentence is given', () => {
    for (const [path, text] of saidIn(language))
      for (const marker of markersOf(path)) expect(text, path).toContain(marker);
  });

  it.skipIf(language === english)('has its own words for every phrase', () => {
    const inEnglish = new Map(saidIn(english));
    const alike = saidIn(language).filter(([path, text]) => isPhrase(text) && text === inEnglish.get(path));
    expect(alike).toEqual([]);
  });

  it('has a term of payment for any number of days', () => {
    const { term } = language.document.payment;
    for (const days of [0, 1, 2, 3, 11]) expect(term(days)).not.toMatch(/undefined|NaN|^$/);
    expect(term(30)).toContain('30');
    expect(term(0)).not.toContain('0');
  });

  it('counts with one of two forms of a unit', () => {
    for (const count of ['0', '0.5', '1', '1.5', '2', '3', '11', '100'])
      expect(['one', 'other']).toContain(language.document.plural(parseDecimal(count)));
  });
});
