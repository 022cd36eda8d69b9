import { afterAll, describe, expect, it } from 'vitest';
import { closeBrowser, renderPdf } from '#lib/documents/browser.ts';
import { openFonts } from '#lib/documents/fonts.ts';
import { renderInvoiceHtml } from '#lib/documents/invoice-html.tsx';
import { buyer, invoice, line } from '#test/unit/documents/invoice-builders.ts';
import { readPdf, readPdfWhole } from './pdf-reader.ts';

/** Names as buyers have them, script by script. */
const scripts: Record<string, string> = {
  Latin: 'Łódź Świętokrzyska Ñandú Çağrı Þór Ærøskøbing Œuvre ẞtraße',
  Vietnamese: 'Công ty Trách nhiệm Hữu hạn Nguyễn Đặng',
  Greek: 'Ελληνική Εταιρεία Ψώνια Ἀθῆναι',
  Cyrillic: 'Синяя ручка Ёлка Њујорк Ґанок Қазақстан',
  Hebrew: 'חברת השמש בעמ',
  'Chinese, simplified': '蓝色圆珠笔有限公司',
  'Chinese, traditional': '藍色圓珠筆股份有限公司',
  Japanese: '青いボールペン株式会社ー髙﨑',
  Korean: '파란색 볼펜 주식회사',
};
/** Scripts whose letters overlap: a reader that goes by their places may swap neighbours, or see one twice. */
const shaped: Record<string, string> = {
  Arabic: 'شركة النور للتجارة',
  Persian: 'شرکت گل پژوهش چای',
  Urdu: 'ٹیکسٹائل کمپنی ڈھاکہ',
  Devanagari: 'श्री नीला बॉलपॉइंट कंपनी क्षत्रिय',
  Thai: 'ปากกาสีแดง จำกัด น้ำ',
};
/** Every sign of a currency in use, and those that were. */
const signs = [...'$¢£¤¥֏؋৲৳૱௹฿៛₠₡₢₣₤₥₦₧₨₩₪₫€₭₮₯₰₱₲₳₴₵₶₷₸₹₺₻₼₽₾₿⃀﷼'];

const fonts = openFonts();
const pdfOf = (of: Parameters<typeof invoice>[0]): Promise<Uint8Array> =>
  renderPdf(renderInvoiceHtml({ invoice: invoice(of), pageSize: 'A4', fonts }), 'A4');

/** Without spaces, which a reader puts where it sees a gap; forms of a letter, as Arabic has them, made one. */
const bare = (text: string): string => text.normalize('NFKC').replace(/[\s\u200b-\u200f]/g, '');
/** Whether a line has each letter of a name, as often as the name has it. */
const hasLetters = (text: string, name: string): boolean => {
  const left = [...bare(text)];
  return [...bare(name)].every((letter) => {
    const at = left.indexOf(letter);
    if (at >= 0) left.splice(at, 1);
    return at >= 0;
  });
};
const named = (name: string) => line({ name });

afterAll(closeBrowser);

describe('the scripts of a document', () => {
  it('PDF-2: a name in each is read as it was written, all in one document', async () => {
    const all = [...Object.values(scripts), ...Object.values(shaped)];
    const text = await readPdfWhole(await pdfOf({ lineItems: all.map(named) }), 'scripts');
    const missing = Object.values(scripts).filter((name) => !bare(text).includes(bare(name)));
    expect(missing).toEqual([]);
    const lines = text.split('\n');
    expect(Object.values(shaped).filter((name) => !lines.some((one) => hasLetters(one, name)))).toEqual([]);
  });

  it.each([
    ['left to right', 'Łódź Ελλάς Синяя श्री ปากกา 蓝色 ボール 파란 ₹ ₺'],
    ['right to left', 'شركة النور Łódź חברת'],
  ])('PDF-2: they are mixed on one line, from %s, as the buyer’s name', async (kind, name) => {
    const pdf = await pdfOf({ buyer: { ...buyer, name, legalName: name } });
    const lines = (await readPdfWhole(pdf, `mixed-${kind.replaceAll(' ', '-')}`)).split('\n');
    expect(lines.filter((one) => hasLetters(one, name))).not.toEqual([]);
  });

  it('PDF-2: every currency sign has its glyph', async () => {
    const pdf = await pdfOf({ lineItems: signs.map((sign) => named(`sign ${sign} .`)) });
    const whole = bare(await readPdfWhole(pdf, 'signs'));
    const byGlyph = bare((await readPdf(pdf)).pages.join(''));
    for (const text of [whole, byGlyph])
      expect(signs.filter((sign) => !text.includes(bare(sign)))).toEqual([]);
  });

  it('PDF-2: the symbol of every currency can be read, as its own countries write it', async () => {
    const locales = [
      'en',
      'hy',
      'bn',
      'km',
      'th',
      'ar',
      'fa',
      'he',
      'hi',
      'ja',
      'ko',
      'ka',
      'ru',
      'vi',
      'zh',
    ];
    const symbols = Intl.supportedValuesOf('currency').flatMap((currency) =>
      locales.flatMap((locale) =>
        new Intl.NumberFormat(locale, { style: 'currency', currency, currencyDisplay: 'narrowSymbol' })
          .formatToParts(1)
          .filter(({ type }) => type === 'currency')
          .map(({ value }) => value),
      ),
    );
    const used = [...new Set(symbols.join('').match(/\p{Sc}/gu))];
    const text = bare((await readPdf(await pdfOf({ lineItems: [named(used.join(' '))] }))).pages.join(''));
    expect(used.length).toBeGreaterThan(20);
    expect(used.filter((sign) => !text.includes(bare(sign)))).toEqual([]);
  });

  it('PDF-2: a reader tells where a glyph is missing', async () => {
    const pdf = await pdfOf({ lineItems: [named('wedge 𒀀 here')] });
    const { pages } = await readPdf(pdf);
    expect(pages.join(' ')).toContain('wedge');
    expect(pages.join(' ')).not.toContain('𒀀');
  });

  it('PDF-2: all fonts come with the document', () => {
    const html = renderInvoiceHtml({
      invoice: invoice({ lineItems: Object.values(scripts).map(named) }),
      ...{ pageSize: 'A4', fonts },
    });
    expect(html).toContain('src:url(data:font/woff2');
    expect(html.match(/src:url\((?!data:)/g)).toBeNull();
    expect(html).not.toMatch(/https?:\/\//);
  });
});
