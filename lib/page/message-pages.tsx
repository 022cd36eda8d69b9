import type { PageMessage, PageWording } from '#lib/domain/wording/page.ts';
import { readingOf } from '#lib/domain/wording/reading.ts';
import { type Page, renderShell } from './shell.tsx';

/** Seconds after which the page of a PDF in the making asks again. */
export const preparingSeconds = 2;

const render = (
  language: string | undefined,
  choose: (words: PageWording) => PageMessage,
  refreshAfter?: number,
): Page => {
  const reading = readingOf({ language, locale: language, currency: 'EUR' });
  const { heading, text } = choose(reading.words);
  return renderShell({
    title: heading,
    reading,
    refreshAfter,
    children: (
      <main className="alone">
        <h1>{heading}</h1>
        <p role={refreshAfter === undefined ? undefined : 'status'}>{text}</p>
      </main>
    ),
  });
};

/** 404: one page for every link that does not work, whatever the reason (LINK-7). */
export const renderNotFoundPage = (language?: string): Page => render(language, (words) => words.notFound);

/** 410: the link worked when its invoice was deleted (LINK-7). */
export const renderGonePage = (language?: string): Page => render(language, (words) => words.gone);

/** 202: the PDF is being made (PDF-3). The page asks again by itself. */
export const renderPreparingPage = (language?: string): Page => {
  const page = render(language, (words) => words.preparing, preparingSeconds);
  return { ...page, headers: { ...page.headers, 'retry-after': String(preparingSeconds) } };
};
