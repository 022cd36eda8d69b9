import { describe, expect, it } from 'vitest';
import { parseUnicodeRange } from '#lib/documents/fonts/slices.ts';
import { fontFiles, openFonts } from '#lib/documents/fonts.ts';

const fonts = openFonts();
const embed = (text: string, language = 'en', countries: string[] = []) =>
  fonts.embed(text, { language, countries });
const faces = (css: string) => css.match(/@font-face/g)?.length ?? 0;

describe('fonts that a document embeds', () => {
  it('PDF-2: come as data, never from the network', () => {
    const { css } = embed('Hello, Łódź');
    expect(css.match(/url\([^)]{0,22}/g)?.every((url) => url === 'url(data:font/woff2;base64')).toBe(true);
  });

  it('PDF-2: are only the slices that the characters need', () => {
    const latin = embed('Hello');
    expect(latin.family).toBe("'Noto Sans', sans-serif");
    expect(faces(latin.css)).toBe(2);
    expect(faces(embed('Hello Привет').css)).toBe(4);
  });

  it('PDF-2: do not depend on the order in which documents are made', () => {
    const alone = openFonts().embed('Привет', { language: 'en', countries: [] });
    embed('東京 שלום');
    expect(embed('Привет')).toEqual(alone);
  });

  it.each([
    ['Arabic, Persian and Urdu', 'شركة پچژگ ٹڈڑے', "'IBM Plex Sans Arabic'"],
    ['Hebrew', 'עברית', "'Noto Sans Hebrew'"],
    ['Thai', 'ไทย', "'Noto Sans Thai'"],
    ['Hangul', '한국', "'Noto Sans KR'"],
    ['kana', 'ラーメン', "'Noto Sans JP'"],
    ['Devanagari', 'हिन्दी', "'Noto Sans'"],
    ['Greek', 'Ελληνικά', "'Noto Sans'"],
    ['the sign of the rial', '﷼', "'IBM Plex Sans Arabic'"],
    ['the sign of the dram', '֏', "'Noto Sans Armenian'"],
    ['the sign of the taka', '৳', "'Noto Sans Bengali'"],
    ['the sign of the riel', '៛', "'Noto Sans Khmer'"],
    ['the sign of the Gujarati rupee', '૱', "'Noto Sans Gujarati'"],
    ['the sign of the Tamil rupee', '௹', "'Noto Sans Tamil'"],
    ['letters that only Noto has', 'ڢ', "'Noto Sans Arabic'"],
    ['a medical sign', '⚕', "'Noto Sans Symbols'"],
    ['a heavy arrow', '➔', "'Noto Sans Symbols 2'"],
    ['an emoji', '🎉', "'Noto Emoji'"],
  ])('PDF-2: have %s', (_, text, family) => {
    expect(embed(text).family).toBe(`${family}, sans-serif`);
  });

  it.each([...'₠₡₢₣₤₥₦₧₨₩₪₫€₭₮₯₰₱₲₳₴₵₶₷₸₹₺₻₼₽₾₿⃀$¢£¤¥'])(
    'PDF-2: have the currency sign %s in the text’s own family',
    (sign) => {
      expect(embed(sign).family).toBe("'Noto Sans', sans-serif");
    },
  );

  it.each([
    ['ja', [], 'JP'],
    ['ko', [], 'KR'],
    ['zh', [], 'SC'],
    ['zh-CN', [], 'SC'],
    ['zh-TW', [], 'TC'],
    ['zh-Hant', [], 'TC'],
    ['zh-HK', [], 'TC'],
    ['en', ['JP', 'FR'], 'JP'],
    ['fr', ['FR', 'TW'], 'TC'],
    ['en', [], 'SC'],
  ])(
    'PDF-2: show 直 in a document in %s between parties of %j as it is written in %s',
    (language, countries, form) => {
      expect(embed('直', language, countries).family).toBe(`'Noto Sans ${form}', sans-serif`);
    },
  );

  it('PDF-2: take kana beside Han characters for Japanese', () => {
    expect(embed('直ちに').family).toBe("'Noto Sans JP', sans-serif");
  });

  it('PDF-2: fall back to another tradition for a Han character that one lacks', () => {
    expect(embed('们', 'ja').family).toBe("'Noto Sans SC', sans-serif");
  });

  it('PDF-2: are asked for no control character or joiner', () => {
    expect(embed('\n\t\u200d\u200f\ufe0f').family).toBe('sans-serif');
  });

  it('lists each file once, for a deployment to bring along', () => {
    const files = fontFiles();
    expect(new Set(files).size).toBe(files.length);
    expect(files).toContain('@fontsource/noto-sans/400.css');
    expect(files.every((file) => /\.(css|woff2)$/.test(file))).toBe(true);
  });

  it('reads the ranges of a stylesheet', () => {
    expect(parseUnicodeRange('U+20AC, u+100-2ba,U+1F1E9-1F1F5')).toEqual([
      [0x20ac, 0x20ac],
      [0x100, 0x2ba],
      [0x1f1e9, 0x1f1f5],
    ]);
  });
});
