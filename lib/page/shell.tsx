import { createHash } from 'node:crypto';
import type { ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import type { Reading } from '#lib/domain/wording/reading.ts';
import { pageCss } from './page-css.ts';

/** A page as it is answered: what to send, without the status, which is the caller's. */
export type Page = { readonly html: string; readonly headers: Record<string, string> };

type Shell = {
  readonly title: string;
  readonly reading: Pick<Reading, 'words' | 'language' | 'direction' | 'wordsDirection'>;
  readonly brandColor?: string | undefined;
  /** Origin that a form of the page leads on to. */
  readonly formTarget?: string | undefined;
  readonly children: ReactNode;
};

const policyOf = (css: string, formTarget: string | undefined): string =>
  [
    "default-src 'none'",
    `style-src 'sha256-${createHash('sha256').update(css).digest('base64')}'`,
    'img-src data:',
    // A redirect after a form is held to this too.
    ['form-action', "'self'", formTarget].filter(Boolean).join(' '),
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ');

const headersOf = (css: string, formTarget: string | undefined): Record<string, string> => ({
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': policyOf(css, formTarget),
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-robots-tag': 'noindex, nofollow',
  'x-content-type-options': 'nosniff',
});

/**
 * A whole page around its content: no script, one style that the policy names by its hash.
 *
 * The document has the invoice's language; where there are no words in it, the body has that of the words, so that a
 * screen reader speaks them as they are written.
 */
export const renderShell = ({ title, reading, brandColor, formTarget, children }: Shell): Page => {
  const css = pageCss(brandColor);
  const { words, language, direction, wordsDirection } = reading;
  const foreign = words.language !== language.toLowerCase().split('-')[0];
  const html = renderToStaticMarkup(
    <html lang={language} dir={direction}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex, nofollow" />
        <meta name="color-scheme" content="light dark" />
        <meta name="format-detection" content="telephone=no, date=no, address=no, email=no" />
        <title>{title}</title>
        {/* biome-ignore lint/security/noDangerouslySetInnerHtml: our own text; the colour in it is parsed and written anew */}
        <style dangerouslySetInnerHTML={{ __html: css }} />
      </head>
      <body {...(foreign && { lang: words.language, dir: wordsDirection })}>
        <div className="page">{children}</div>
      </body>
    </html>,
  );
  return { html: `<!DOCTYPE html>${html}`, headers: headersOf(css, formTarget) };
};
