import { describe, expect, it } from 'vitest';
import { composeCodeEmail } from '#lib/email/code-email.ts';
import { snippetOf } from '#lib/email/snippet.ts';

describe('the e-mail with a code', () => {
  it.each(['en', 'fr', 'ar', 'xx'])('SEND-15: has the six digits alone on a line, in %s', (language) => {
    const account = { name: 'Maison <Lumière>', language };
    const { html, text, subject } = composeCodeEmail(account, 'a@x.example', '042917');
    expect(text.split('\n').filter((line) => /^\d{6}$/.test(line))).toEqual(['042917']);
    expect(html).toContain('>042917<');
    expect(html).toContain(`lang="${language === 'xx' ? 'en' : language}"`);
    expect(html).toContain('Maison &lt;Lumière&gt;');
    expect(subject).toContain('Maison <Lumière>');
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
