/**
 * The families that a document is set in, as the npm packages bring them: one stylesheet a weight, or one of a variable
 * font. Chromium embeds static fonts as TrueType and variable ones as Type 3, which is why only the scripts whose static
 * packages weigh 76 MB each come as variable ones.
 */
export type FontFamily = { name: string; package: string; stylesheets: readonly string[] };

const still = (name: string, slug: string, stylesheets = ['400.css', '600.css']): FontFamily => ({
  name,
  package: `@fontsource/${slug}`,
  stylesheets,
});
const variable = (name: string, slug: string): FontFamily => ({
  name,
  package: `@fontsource-variable/${slug}`,
  stylesheets: ['index.css'],
});

export type HanForm = 'SC' | 'TC' | 'JP' | 'KR';

/**
 * Latin, Greek, Cyrillic, Devanagari and most currency signs are in the first; those of the rial, the dram, the taka, the
 * riel, and Gujarati and Tamil rupees, come with their scripts. Plex goes before Noto for Arabic: Noto sets a letter's dots
 * as glyphs of their own, of which some readers of PDFs make no letter.
 */
const beforeHan = [
  still('Noto Sans', 'noto-sans'),
  still('IBM Plex Sans Arabic', 'ibm-plex-sans-arabic'),
  still('Noto Sans Arabic', 'noto-sans-arabic'),
  still('Noto Sans Hebrew', 'noto-sans-hebrew'),
  still('Noto Sans Thai', 'noto-sans-thai'),
  still('Noto Sans Armenian', 'noto-sans-armenian'),
  still('Noto Sans Bengali', 'noto-sans-bengali'),
  still('Noto Sans Khmer', 'noto-sans-khmer'),
  still('Noto Sans Gujarati', 'noto-sans-gujarati'),
  still('Noto Sans Tamil', 'noto-sans-tamil'),
];
const han: Record<HanForm, FontFamily> = {
  SC: variable('Noto Sans SC', 'noto-sans-sc'),
  TC: variable('Noto Sans TC', 'noto-sans-tc'),
  JP: variable('Noto Sans JP', 'noto-sans-jp'),
  KR: variable('Noto Sans KR', 'noto-sans-kr'),
};
const afterHan = [
  still('Noto Sans Symbols', 'noto-sans-symbols'),
  still('Noto Sans Symbols 2', 'noto-sans-symbols-2', ['400.css']),
  still('Noto Emoji', 'noto-emoji', ['400.css']),
];

/** Every family, for whoever has to bring the files along. */
export const fontFamilies: readonly FontFamily[] = [...beforeHan, ...Object.values(han), ...afterHan];

const hanOfCountry: Readonly<Record<string, HanForm>> = {
  CN: 'SC',
  SG: 'SC',
  TW: 'TC',
  HK: 'TC',
  MO: 'TC',
  JP: 'JP',
  KR: 'KR',
  KP: 'KR',
};

const hanOfLanguage = (language: string): HanForm | undefined => {
  const { language: primary, script, region } = new Intl.Locale(language).maximize();
  if (primary === 'ja') return 'JP';
  if (primary === 'ko') return 'KR';
  if (primary !== 'zh') return undefined;
  return script === 'Hant' ? 'TC' : (hanOfCountry[region ?? ''] ?? 'SC');
};

const hanOfText = (text: string): HanForm | undefined => {
  if (/[\p{Script=Hiragana}\p{Script=Katakana}]/u.test(text)) return 'JP';
  return /\p{Script=Hangul}/u.test(text) ? 'KR' : undefined;
};

/**
 * The families in the order in which they are tried. A Han character has another form in each of four traditions: the
 * document's language decides, else the parties' countries in their order, else the other script in the text.
 */
export function familiesFor(text: string, language: string, countries: readonly string[]): FontFamily[] {
  const wanted = [
    hanOfLanguage(language),
    ...countries.map((country) => hanOfCountry[country]),
    hanOfText(text),
  ].filter((form) => form !== undefined);
  const forms = new Set<HanForm>([...wanted, 'SC', 'TC', 'JP', 'KR']);
  return [...beforeHan, ...[...forms].map((form) => han[form]), ...afterHan];
}
