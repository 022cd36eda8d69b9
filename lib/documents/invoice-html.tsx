import { renderToStaticMarkup } from 'react-dom/server';
import { directionOf } from '#lib/domain/wording/format.ts';
import type { PageSize } from './chromium/printer.ts';
import type { Fonts } from './fonts.ts';
import { accentOf } from './html/accent.ts';
import { Closing, Payment } from './html/closing.tsx';
import { Headline, Letterhead, type Logo, markOf, Particulars, titleOf } from './html/letterhead.tsx';
import { Lines } from './html/lines.tsx';
import { Parties } from './html/parties.tsx';
import { type DocumentReading, type DocumentSource, readingOf } from './html/reading.ts';
import { type PageFoot, stylesheet } from './html/stylesheet.ts';
import { Totals } from './html/totals.tsx';

export type { Logo } from './html/letterhead.tsx';

export type InvoiceDocument = DocumentSource & { pageSize: PageSize; logo?: Logo | undefined; fonts: Fonts };

/**
 * An invoice as a whole HTML document, ready to be printed: it holds its fonts and its logo, runs nothing and asks for
 * nothing. The same input gives the same text. A draft and a voided invoice are marked as such, on every page.
 */
export function renderInvoiceHtml(document: InvoiceDocument): string {
  const { pageSize, logo, fonts } = document;
  const reading = readingOf(document);
  const { words, language, seller } = reading;
  const body = renderToStaticMarkup(<Body reading={reading} logo={logo} />);
  const title = titleOf(reading);
  const foot: PageFoot = {
    start: title,
    beforePage: words.page.before,
    betweenPages: words.page.between,
  };
  const { css, family } = fonts.embed(textOf(body) + title + Object.values(foot).join('') + digits, {
    language,
    countries: countriesOf(reading),
  });
  const style = stylesheet({ pageSize, accent: accentOf(seller?.brandColor), family, foot });
  const head = renderToStaticMarkup(
    <>
      <meta charSet="utf-8" />
      <meta httpEquiv="Content-Security-Policy" content={policy} />
      <title>{title}</title>
    </>,
  );
  return `<!doctype html>\n<html lang="${language}" dir="${directionOf(language)}">\n<head>${head}<style>${css}${style}</style></head>\n<body>${body}</body>\n</html>\n`;
}

/** The markup without embedded images; that it still has its tags costs no font more. */
const textOf = (markup: string): string => markup.replace(/ src="[^"]*"/g, '');

/** The page's counters are not in the markup. */
const digits = '0123456789';

const policy = "default-src 'none'; style-src 'unsafe-inline'; font-src data:; img-src data:";

const Body = ({ reading, logo }: { reading: DocumentReading; logo: Logo | undefined }) => {
  const mark = markOf(reading);
  return (
    <>
      {mark !== undefined && (
        <div className={`watermark ${reading.invoice.status}`} aria-hidden="true">
          <span>{mark.toLocaleUpperCase(reading.language)}</span>
        </div>
      )}
      <Letterhead reading={reading} logo={logo} />
      <Headline reading={reading} />
      <Particulars reading={reading} />
      <Parties reading={reading} />
      {reading.invoice.lineItems.length > 0 && <Lines reading={reading} />}
      <Totals reading={reading} />
      <Payment reading={reading} />
      <Closing reading={reading} />
    </>
  );
};

/** The buyer's name is the likelier to be in a script that the document's language does not settle. */
const countriesOf = ({ invoice, buyer, seller }: DocumentReading): string[] =>
  [buyer?.address?.country, invoice.billingAddress?.country, seller?.address?.country].filter(
    (country) => country !== undefined,
  );
