/** When two texts are the same to a filter, and when one is found in another. */

/**
 * Without regard to case: Unicode’s full case folding, by way of lower and then upper case, so that `ß` is `ss`, `ς` is
 * `σ`, and `İ` is `i` with its dot. One text in two normal forms is one text, before and after: `ΐ` is
 * one letter, and several in upper case.
 */
export const foldCase = (text: string): string =>
  text.normalize('NFC').toLowerCase().toUpperCase().normalize('NFC');

/**
 * What sits on a letter and may be left out in writing: accents, and the vowel signs of Arabic and Hebrew. The voicing
 * marks of kana and the vowel signs of Indic scripts are no such thing: they make another syllable.
 */
const accents =
  /[[\p{Mn}&&[\p{Script=Inherited}\p{Script=Arabic}\p{Script=Hebrew}]]--[\u3099\u309a]]|\u0640/gv;

/** Letters that Unicode does not take apart although a reader would: those with a stroke, and ligatures. */
const strokes: Record<string, string> = {
  Ø: 'O',
  Ł: 'L',
  Đ: 'D',
  Ð: 'D',
  Ħ: 'H',
  Ŧ: 'T',
  Æ: 'AE',
  Œ: 'OE',
};

/**
 * Without regard to case and accents: taken apart (NFKD, which also makes full-width letters and the letters' forms of
 * Arabic plain), accents off, case folded, put together again (NFC), so that a Hangul syllable is found as a whole.
 * `İ`, `i`, `I` and `ı` are all one letter here, and a run of spaces is one space.
 */
export const foldAccents = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(accents, '')
    .toLowerCase()
    .toUpperCase()
    .replace(/[ØŁĐÐĦŦÆŒ]/g, (letter) => strokes[letter] ?? letter)
    .normalize('NFC')
    .replace(/\s+/g, ' ')
    .trim();
