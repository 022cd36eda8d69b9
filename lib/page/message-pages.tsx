import type { PageMessage, PageWording } from '#lib/domain/wording/page.ts';
import { readingOf } from '#lib/domain/wording/reading.ts';
import { type Page, renderShell } from './shell.tsx';

/** Seconds after which it is worth asking again for a PDF in the making. */
export const preparingSeconds = 2;

const render = (
  language: string | undefined,
  choose: (words: PageWording) => PageMessage,
  again?: string,
): Page => {
  const reading = readingOf({ language, locale: language, currency: 'EUR' });
  const { heading, text } = choose(reading.words);
  return renderShell({
    title: heading,
    reading,
    children: (
      <main className="alone">
        <h1>{heading}</h1>
        <p>{text}</p>
        {again !== undefined && (
          <p>
            <a className="button" href={again}>
              {reading.words.tryAgain}
            </a>
          </p>
        )}
      </main>
    ),
  });
};

/** 404: one page for every link that does not work, whatever the reason (LINK-7). */
export const renderNotFoundPage = (language?: string): Page => render(language, (words) => words.notFound);

/** 410: the link worked when its invoice was deleted (LINK-7). */
export const renderGonePage = (language?: string): Page => render(language, (words) => words.gone);

/** Why the buyer is not led on to pay; `back` is the invoice's page. */
export const renderNoPaymentPage = (
  why: 'amountNotPayable' | 'paymentUnavailable',
  back: string,
  language?: string,
): Page => render(language, (words) => words[why], back);

/**
 * 202: the PDF is being made (PDF-3). The buyer asks again when he likes: a page that changes by itself is hard to follow
 * for some, and WCAG 2.2.1 forbids it.
 */
export const renderPreparingPage = (language?: string): Page => {
  const page = render(language, (words) => words.preparing, 'pdf');
  return { ...page, headers: { ...page.headers, 'retry-after': String(preparingSeconds) } };
};
