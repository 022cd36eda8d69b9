import { describe, expect, it } from 'vitest';
import { newExport } from '#lib/domain/exports/export.ts';
import { languages } from '#lib/domain/wording/language.ts';
import { composeCodeEmail } from '#lib/email/code-email.ts';
import { composeExportEmail } from '#lib/email/export-email.ts';
import { snippetOf } from '#lib/email/snippet.ts';

const known = languages.map(({ language }) => language);

describe('the e-mail with a code', () => {
  it.each([...known, 'xx'])('SEND-15: has the six digits alone on a line, in %s', (language) => {
    const account = { name: 'Maison <Lumière>', language };
    const { html, text, subject } = composeCodeEmail(account, 'a@x.example', '042917');
    expect(text.split('\n').filter((line) => /^\d{6}$/.test(line))).toEqual(['042917']);
    expect(html).toContain('>042917<');
    expect(html).toContain(`lang="${language === 'xx' ? 'en' : language}"`);
    expect(html).toContain('Maison &lt;Lumière&gt;');
    expect(subject).toContain('Maison <Lumière>');
  });
});

describe('the e-mail with an export’s link', () => {
  const composed = (language: string) => {
    const account = { name: 'Atelier Nord', seller: {}, currency: 'EUR', timeZone: 'Europe/Paris' };
    const job = newExport({
      ...{ id: 'exp_1', accountId: 'acc_1', createdAt: '2026-11-24T06:00:00.000Z' },
      order: { format: 'csv', filterGroups: [], columns: [], sort: 'number', bom: false },
      createdBy: { type: 'system', id: null, name: null },
      mail: { name: 'Sales', to: ['books@x.example'] },
    });
    const link = { url: 'https://x.example/x/token', endsAt: '2026-12-24T06:00:00.000Z' };
    return composeExportEmail({ ...account, language, locale: language }, { ...job, rowsDone: 76 }, link);
  };

  it('EXP-4: says what it brings and until when, in en', () => {
    expect(composed('en').text).toContain('of Atelier Nord is ready.');
    expect(composed('en').text).toMatch(/^Rows: 76$/m);
    expect(composed('en').text).toContain('Download:\nhttps://x.example/x/token\n');
  });

  it('EXP-4: says so in fr, with its apostrophe and its spaces before colons', () => {
    expect(composed('fr').text).toContain('d’Atelier Nord est prêt.');
    expect(composed('fr').text).toMatch(/^Lignes\s: 76$/m);
    expect(composed('fr').text).toMatch(/^Télécharger\s:\nhttps:\/\/x\.example\/x\/token$/m);
  });
});

describe('a snippet', () => {
  it('SEND-10: shows the number as it is, whatever marks it has', () => {
    const { html, markdown, text } = snippetOf('A_B_1', 'https://x.example/i/t/a-b-1?x=1&y');
    expect(html).toBe('<a href="https://x.example/i/t/a-b-1?x=1&amp;y">A_B_1</a>');
    expect(markdown).toBe('[A\\_B\\_1](https://x.example/i/t/a-b-1?x=1&y)');
    expect(text).toBe('A_B_1: https://x.example/i/t/a-b-1?x=1&y');
  });
});
